import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { AccountKeyService, AccountMailsService, addNotice, SessionEndService } from '#auth';
import { ApiException, retryAfter } from '#json-api';
import { MfaService, type Actor } from '#mfa';
import { Clock, isViolationOf } from '#platform';
import type { LoggedInCustomer } from '../access/shopper.js';
import { takeAddressChange } from './address-allowance.js';
import { AnonymisationRepository } from './anonymisation.repository.js';
import type { UpdateCustomerDto } from './dto/update-customer.dto.js';
import type { CustomerData } from './customer.resource.js';
import { CUSTOMER_ERRORS } from './customers.errors.js';
import { CustomersRepository } from './customers.repository.js';

/** Reads and changes a customer's own account. */
@Injectable()
export class CustomersService {
  constructor(
    private readonly customers: CustomersRepository,
    private readonly anonymisation: AnonymisationRepository,
    private readonly mails: AccountMailsService,
    private readonly keys: AccountKeyService,
    private readonly sessions: SessionEndService,
    private readonly mfa: MfaService,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /** @throws ApiException 404 / 402 */
  async get({ id }: LoggedInCustomer): Promise<CustomerData> {
    const customer = await this.customers.find(id);
    if (!customer) throw new ApiException(CUSTOMER_ERRORS.notFound);
    return customer;
  }

  /**
   * A new e-mail address voids codes, grants and mailed keys. The old address gets a notice. The audit entry contains
   * neither address, because it is kept after the account's end.
   *
   * @throws ApiException 422 / 406, 429 for the sixth address in 24 hours, 422 / 400 if the address is in use, 404 /
   * 402
   */
  async change({ id, locale }: LoggedInCustomer, changes: UpdateCustomerDto, actor: Actor): Promise<CustomerData> {
    if (changes.password !== changes.confirmPassword) throw new ApiException(CUSTOMER_ERRORS.passwordsDiffer);
    try {
      return await this.dataSource.transaction((manager) => this.changeLocked({ id, locale }, changes, actor, manager));
    } catch (error) {
      if (!isViolationOf(error, 'uq_customer_email')) throw error;
      if (changes.email !== undefined) await this.mails.requestRestoreKey('customer', changes.email);
      throw new ApiException(CUSTOMER_ERRORS.emailTaken);
    }
  }

  private async changeLocked(
    { id, locale }: Pick<LoggedInCustomer, 'id' | 'locale'>,
    changes: UpdateCustomerDto,
    actor: Actor,
    manager: EntityManager,
  ): Promise<CustomerData> {
    const customer = await this.customers.lock(id, manager);
    if (!customer) throw new ApiException(CUSTOMER_ERRORS.notFound);
    const now = this.clock.now();
    const { email: former, emailChangedAt } = customer;
    if (changes.email === undefined || changes.email === former) {
      return this.customers.update(customer, changes, { emailChangedAt: undefined, now }, manager);
    }
    const { changedAt, blockedUntil } = takeAddressChange(emailChangedAt, now);
    if (blockedUntil) throw new ApiException(CUSTOMER_ERRORS.emailChangedTooOften, retryAfter(blockedUntil, now));
    const changed = await this.customers.update(customer, changes, { emailChangedAt: changedAt, now }, manager);
    const account = { kind: 'customer', id } as const;
    await this.keys.voidAll(account, manager);
    await this.mfa.recordChange({ account, actor, event: 'address-changed', voidsCodes: true }, manager);
    await addNotice(manager, { account, actor, event: 'address-changed', at: now, to: { email: former, locale } });
    return changed;
  }

  /** @throws ApiException 403 / 411 if a parallel request has deleted the account */
  async delete({ id }: LoggedInCustomer, actor: Actor): Promise<void> {
    const account = { kind: 'customer', id } as const;
    const now = this.clock.now();
    await this.dataSource.transaction(async (manager) => {
      const isAnonymised = await this.anonymisation.anonymise(id, now, manager);
      if (!isAnonymised) throw new ApiException(CUSTOMER_ERRORS.unauthorized);
      await this.sessions.endOfAccount(account, now, manager);
      await this.anonymisation.forget(id, manager);
      await this.mfa.endAccount(account, actor, manager);
    });
  }
}
