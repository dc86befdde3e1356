import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { AccountKey, CompanyUser, Customer } from '#auth';
import { run } from '#sql';
import { CustomerAddress } from '../addresses/customer-address.entity.js';
import { Cart } from '../carts/cart.entity.js';
import { BLANK_ORDERS, FORGET_ANSWERS } from './anonymisation.sql.js';

/** Takes the person out of all tables; what the law wants kept stays, and tells of nobody. */
@Injectable()
export class AnonymisationRepository {
  /**
   * The customer's row comes first: what else writes addresses, carts or orders locks it too, and finds nobody after.
   *
   * What stands in for the e-mail address is none, so that nobody can register or log in with it.
   *
   * @returns false for a customer that is gone already
   */
  async anonymise(id: string, now: Date, manager: EntityManager): Promise<boolean> {
    const { affected } = await manager.update(
      Customer,
      { id, anonymizedAt: IsNull() },
      {
        email: () => `'anonymised:' || id`,
        ...{ passwordHash: '', salutation: '', firstName: '', lastName: '', gender: null, dateOfBirth: null },
        ...{ emailChangedAt: [], confirmed: false, anonymizedAt: now, updatedAt: now },
      },
    );
    return affected === 1;
  }

  /** What belongs to a customer who is anonymised, in the same transaction. */
  async forget(id: string, manager: EntityManager): Promise<void> {
    await manager.delete(AccountKey, { accountKind: 'customer', accountId: id });
    for (const table of [CompanyUser, CustomerAddress, Cart]) await manager.delete(table, { customerId: id });
    await run(manager, BLANK_ORDERS, { customerId: id });
    await run(manager, FORGET_ANSWERS, { customerId: id });
  }
}
