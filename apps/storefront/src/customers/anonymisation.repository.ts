import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { AccountKey, CompanyUser, Customer, type Credentials } from '#auth';
import { run } from '#sql';
import { CustomerAddress } from '../addresses/customer-address.entity.js';
import { Cart } from '../carts/cart.entity.js';
import { BLANK_ORDERS, FORGET_ANSWERS } from './anonymisation.sql.js';

interface EndedAccount {
  readonly id: string;
  /** What the current password was checked against, if it was asked for. */
  readonly checked?: Credentials | undefined;
}

/** Removes personal data from all tables. Data that must be kept by law stay, without the person. */
@Injectable()
export class AnonymisationRepository {
  /**
   * Locks the customer's row first: every other change of addresses, carts or orders locks it too, and then no longer
   * finds the customer.
   *
   * The replacement of the e-mail address is not a valid one, so nobody can register or log in with it.
   *
   * @returns false if the customer is already anonymised, or the password is no longer the one that was checked
   */
  async anonymise({ id, checked }: EndedAccount, now: Date, manager: EntityManager): Promise<boolean> {
    const { affected } = await manager.update(
      Customer,
      { id, anonymizedAt: IsNull(), ...(checked && { passwordHash: checked.passwordHash }) },
      {
        email: () => `'anonymised:' || id`,
        ...{ passwordHash: '', salutation: '', firstName: '', lastName: '', gender: null, dateOfBirth: null },
        ...{ emailChangedAt: [], confirmed: false, anonymizedAt: now, updatedAt: now },
      },
    );
    return affected === 1;
  }

  /** Deletes or blanks the data of a customer who is anonymised in the same transaction. */
  async forget(id: string, manager: EntityManager): Promise<void> {
    await manager.delete(AccountKey, { accountKind: 'customer', accountId: id });
    for (const table of [CompanyUser, CustomerAddress, Cart]) await manager.delete(table, { customerId: id });
    await run(manager, BLANK_ORDERS, { customerId: id });
    await run(manager, FORGET_ANSWERS, { customerId: id });
  }
}
