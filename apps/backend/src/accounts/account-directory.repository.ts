import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import { Any, type Repository } from 'typeorm';
import { Customer, User } from '#auth';
import { isStorable } from '#json-api';
import type { Account, AccountKind } from '#mfa';

/** An account with its public identifier and its person. */
export interface KnownAccount extends Account {
  /** A customer's reference, or a user's uuid. */
  readonly publicId: string;
  /** First and last name. Null if the customer is anonymised. */
  readonly name: string | null;
  readonly email: string | null;
}

export type KnownAccounts = ReadonlyMap<string, KnownAccount>;

export function accountKey({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind} ${id}`;
}

/** The form of this application's account ids. A bigint has up to 19 digits, so 18 always fit. */
const ID = /^\d{1,18}$/;

/** Finds accounts by their public identifiers, and public identifiers by accounts. */
@Injectable()
export class AccountDirectoryRepository {
  constructor(
    @InjectRepository(Customer) private readonly customers: Repository<Customer>,
    @InjectRepository(User) private readonly users: Repository<User>,
  ) {}

  /** @param publicId a customer's reference, or a user's uuid in any spelling */
  async find(kind: AccountKind, publicId: string): Promise<KnownAccount | undefined> {
    if (kind === 'customer') {
      if (!isStorable(publicId)) return undefined;
      const customer = await this.customers.findOneBy({ customerReference: publicId });
      return customer ? knownCustomer(customer) : undefined;
    }
    const user = isUUID(publicId, 'loose') ? await this.users.findOneBy({ uuid: publicId }) : null;
    return user ? knownUser(user) : undefined;
  }

  /** The existing ones of these accounts, by `accountKey`. One statement for each kind. */
  async describe(accounts: readonly Account[]): Promise<KnownAccounts> {
    const [customerIds, userIds] = [idsOf('customer', accounts), idsOf('user', accounts)];
    const customers = customerIds.length > 0 ? await this.customers.findBy({ id: Any(customerIds) }) : [];
    const users = userIds.length > 0 ? await this.users.findBy({ id: Any(userIds) }) : [];
    const known = [...customers.map(knownCustomer), ...users.map(knownUser)];
    return new Map(known.map((account) => [accountKey(account), account]));
  }
}

function idsOf(kind: AccountKind, accounts: readonly Account[]): string[] {
  return [...new Set(accounts.filter((one) => one.kind === kind && ID.test(one.id)).map(({ id }) => id))];
}

function knownCustomer({ id, customerReference, firstName, lastName, email, anonymizedAt }: Customer): KnownAccount {
  const person = anonymizedAt === null ? { name: `${firstName} ${lastName}`, email } : { name: null, email: null };
  return { kind: 'customer', id, publicId: customerReference, ...person };
}

function knownUser({ id, uuid, firstName, lastName, username }: User): KnownAccount {
  return { kind: 'user', id, publicId: uuid, name: `${firstName} ${lastName}`, email: username };
}
