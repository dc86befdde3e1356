import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager, type FindOptionsWhere } from 'typeorm';
import type { Account } from '#mfa';
import type { Credentials } from '../accounts/account.js';
import { ACCOUNT_TABLES, IN_USE } from '../accounts/account-tables.js';
import type { Customer } from '../accounts/customer.entity.js';
import type { User } from '../accounts/user.entity.js';

type Row = Customer | User;

/** Writes password hashes, in the transaction of `manager`. */
@Injectable()
export class PasswordRepository {
  /** @returns false if the password was changed meanwhile, or the account was ended */
  replace(
    { kind, id, passwordHash }: Credentials,
    newHash: string,
    now: Date,
    manager: EntityManager,
  ): Promise<boolean> {
    return update({ kind, id }, { passwordHash, ...IN_USE[kind] }, { passwordHash: newHash, updatedAt: now }, manager);
  }

  /**
   * Also confirms a customer's address, because the customer has read the mail.
   *
   * @returns false if the account was ended
   */
  restore({ kind, id }: Account, newHash: string, now: Date, manager: EntityManager): Promise<boolean> {
    const changes = { passwordHash: newHash, updatedAt: now, ...(kind === 'customer' && { confirmed: true }) };
    return update({ kind, id }, IN_USE[kind], changes, manager);
  }

  /** @returns false if the customer was anonymised */
  void({ kind, id }: Account, voidHash: string, now: Date, manager: EntityManager): Promise<boolean> {
    const where = kind === 'customer' ? { anonymizedAt: IsNull() } : {};
    return update({ kind, id }, where, { passwordHash: voidHash, updatedAt: now }, manager);
  }
}

async function update(
  { kind, id }: Account,
  where: FindOptionsWhere<Row>,
  changes: Partial<Row>,
  manager: EntityManager,
): Promise<boolean> {
  const { affected } = await manager.update<Row>(ACCOUNT_TABLES[kind], { id, ...where }, changes);
  return affected === 1;
}
