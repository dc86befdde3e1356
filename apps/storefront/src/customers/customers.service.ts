import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { AccountKeyService, AccountMailsService, addNotice, SessionEndService, type Credentials } from '#auth';
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

/** Who changes an account. */
interface ChangedBy {
  readonly actor: Actor;
  /** What the current password was checked against, if it was asked for: nothing is done if it was changed since then. */
  readonly checked?: Credentials | undefined;
}

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
   * @throws ApiException 422 / 406, 400 / 408, 403 / 411 for a new address from an agent, 429 for the sixth address in 24 hours, 422 / 400 if the address is in use, 404 /
   * 402
   */
  async change(customer: LoggedInCustomer, changes: UpdateCustomerDto, by: ChangedBy): Promise<CustomerData> {
    if (changes.password !== changes.confirmPassword) throw new ApiException(CUSTOMER_ERRORS.passwordsDiffer);
    const result = await this.dataSource.transaction((manager) => this.changeLocked(customer, changes, by, manager));
    if (!('taken' in result)) return result;
    await this.mails.requestRestoreKey('customer', result.taken);
    throw new ApiException(CUSTOMER_ERRORS.emailTaken);
  }

  /** @returns the changed customer, or the wanted address if it is in use */
  private async changeLocked(
    { id, locale, isImpersonated }: LoggedInCustomer,
    changes: UpdateCustomerDto,
    { actor, checked }: ChangedBy,
    manager: EntityManager,
  ): Promise<CustomerData | { readonly taken: string }> {
    const customer = await this.customers.lock(id, manager);
    if (!customer) throw new ApiException(CUSTOMER_ERRORS.notFound);
    if (checked && !(await this.customers.hasPassword(checked, manager))) {
      throw new ApiException(CUSTOMER_ERRORS.wrongPassword);
    }
    const now = this.clock.now();
    const { email: former, emailChangedAt } = customer;
    const { email } = changes;
    if (email === undefined || email === former) return this.customers.update(customer, changes, now, manager);
    // codes and keys are sent to this address: an agent who could change it could take over the account
    if (isImpersonated) throw new ApiException(CUSTOMER_ERRORS.unauthorized);
    const { changedAt, blockedUntil } = takeAddressChange(emailChangedAt, now);
    if (blockedUntil) throw new ApiException(CUSTOMER_ERRORS.emailChangedTooOften, retryAfter(blockedUntil, now));
    await this.customers.countAddressChange(id, changedAt, manager);
    // two customers who want each other's address would wait for each other in the unique index
    if (await this.customers.isTaken(email, customer, manager)) return { taken: email };
    try {
      // a savepoint: an address in use undoes the change but not its count, which limits how many one can find out
      return await manager.transaction(async (nested) => {
        const changed = await this.customers.update(customer, changes, now, nested);
        const account = { kind: 'customer', id } as const;
        await this.keys.voidAll(account, nested);
        await this.mfa.recordChange({ account, actor, event: 'address-changed', voidsCodes: true }, nested);
        await addNotice(nested, { account, actor, event: 'address-changed', at: now, to: { email: former, locale } });
        return changed;
      });
    } catch (error) {
      if (!isViolationOf(error, 'uq_customer_email')) throw error;
      return { taken: email };
    }
  }

  /** @throws ApiException 400 / 408, 403 / 411 if a parallel request has deleted the account */
  async delete({ id }: LoggedInCustomer, { actor, checked }: ChangedBy): Promise<void> {
    const account = { kind: 'customer', id } as const;
    const now = this.clock.now();
    await this.dataSource.transaction(async (manager) => {
      const isAnonymised = await this.anonymisation.anonymise({ id, checked }, now, manager);
      if (!isAnonymised) {
        const isLeft = await this.customers.lock(id, manager);
        throw new ApiException(isLeft ? CUSTOMER_ERRORS.wrongPassword : CUSTOMER_ERRORS.unauthorized);
      }
      await this.sessions.endOfAccount(account, now, manager);
      await this.anonymisation.forget(id, manager);
      await this.mfa.endAccount(account, actor, manager);
    });
  }
}
