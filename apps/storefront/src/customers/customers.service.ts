import { Injectable } from '@nestjs/common';
import { AccountMailsService, addNotice } from '#auth';
import { ApiException, retryAfter } from '#json-api';
import { MfaService, type Actor } from '#mfa';
import { Clock } from '#platform';
import type { LoggedInCustomer } from '../access/shopper.js';
import { AnonymisationRepository } from './anonymisation.repository.js';
import type { CustomerChanges } from './customer-changes.attributes.js';
import type { CustomerData } from './customer.resource.js';
import { CUSTOMER_ERRORS } from './customers.errors.js';
import { CustomersRepository } from './customers.repository.js';

/** What customers read and change of their own account. */
@Injectable()
export class CustomersService {
  constructor(
    private readonly customers: CustomersRepository,
    private readonly anonymisation: AnonymisationRepository,
    private readonly mails: AccountMailsService,
    private readonly mfa: MfaService,
    private readonly clock: Clock,
  ) {}

  /** @throws ApiException 404 / 402 */
  async get({ id }: LoggedInCustomer): Promise<CustomerData> {
    const customer = await this.customers.find(id);
    if (!customer) throw new ApiException(CUSTOMER_ERRORS.notFound);
    return customer;
  }

  /**
   * A new e-mail address voids codes, grants and mailed keys; the old address gets a notice. The entry of it has neither
   * address: it outlives the account.
   *
   * @throws ApiException 422 / 406, 429 for the sixth address in 24 hours, 422 / 400 for somebody else's, 404 / 402
   */
  async change({ id, locale }: LoggedInCustomer, changes: CustomerChanges, actor: Actor): Promise<CustomerData> {
    if (changes.password !== changes.confirmPassword) throw new ApiException(CUSTOMER_ERRORS.passwordsDiffer);
    const account = { kind: 'customer', id } as const;
    const now = this.clock.now();
    const change = await this.customers.change(id, changes, now, async (manager, former) => {
      await this.mfa.recordChange({ account, actor, event: 'address-changed', voidsCodes: true }, manager);
      await addNotice(manager, { account, event: 'address-changed', at: now, to: { email: former, locale } });
    });
    if (change.outcome === 'email-taken') {
      if (changes.email !== undefined) await this.mails.requestRestoreKey('customer', changes.email);
      throw new ApiException(CUSTOMER_ERRORS.emailTaken);
    }
    if (change.outcome === 'too-often') {
      throw new ApiException(CUSTOMER_ERRORS.emailChangedTooOften, retryAfter(change.until, now));
    }
    if (change.outcome === 'gone') throw new ApiException(CUSTOMER_ERRORS.notFound);
    return change.customer;
  }

  /** @throws ApiException 403 / 411 when somebody was faster */
  async delete({ id }: LoggedInCustomer, actor: Actor): Promise<void> {
    const anonymised = await this.anonymisation.anonymise(id, this.clock.now(), (manager) =>
      this.mfa.endAccount({ kind: 'customer', id }, actor, manager),
    );
    if (!anonymised) throw new ApiException(CUSTOMER_ERRORS.unauthorized);
  }
}
