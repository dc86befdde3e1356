import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager, type FindOptionsWhere } from 'typeorm';
import type { Account } from '#mfa';
import type { Credentials } from '../accounts/account.js';
import { ACCOUNT_TABLES, IN_USE } from '../accounts/account-tables.js';
import type { Customer } from '../accounts/customer.entity.js';
import type { User } from '../accounts/user.entity.js';

type Row = Customer | User;

/** The hashes of passwords, in the transaction of `manager`. */
@Injectable()
export class PasswordRepository {
  /** @returns false when the password is another one by now, or the account ended */
  replace(
    { kind, id, passwordHash }: Credentials,
    newHash: string,
    now: Date,
    manager: EntityManager,
  ): Promise<boolean> {
    return update({ kind, id }, { passwordHash, ...IN_USE[kind] }, { passwordHash: newHash, updatedAt: now }, manager);
  }

  /** Who reads a customer's mail also confirms the address; @returns false when the account ended */
  restore({ kind, id }: Account, newHash: string, now: Date, manager: EntityManager): Promise<boolean> {
    const changes = { passwordHash: newHash, updatedAt: now, ...(kind === 'customer' && { confirmed: true }) };
    return update({ kind, id }, IN_USE[kind], changes, manager);
  }

  /** @returns false for a customer who is gone */
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
