import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  IsNull,
  Raw,
  type EntityManager,
  type FindOptionsWhere,
  type Repository,
  type SelectQueryBuilder,
} from 'typeorm';
import type { Account, AccountKind } from '#mfa';
import type { Credentials } from './account.js';
import { CompanyUser } from './company-user.entity.js';
import { Customer } from './customer.entity.js';
import { User } from './user.entity.js';

type CustomerWithCompanies = Customer & { readonly companyUsers: readonly CompanyUser[] };

/** Finds accounts for authentication. */
@Injectable()
export class AccountRepository {
  constructor(
    @InjectRepository(Customer) private readonly customers: Repository<Customer>,
    @InjectRepository(User) private readonly users: Repository<User>,
    @InjectRepository(CompanyUser) private readonly companyUsers: Repository<CompanyUser>,
  ) {}

  /** @param username an e-mail address; upper and lower case are the same */
  findByUsername(kind: AccountKind, username: string): Promise<Credentials | undefined> {
    if (kind === 'user')
      return this.findUser({ username: Raw((column) => `lower(${column}) = lower(:username)`, { username }) });
    return findCustomer(
      this.selectCustomer()
        .where('lower(customer.email) = lower(:username)', { username })
        .andWhere('customer.anonymizedAt IS NULL'),
    );
  }

  findById({ kind, id }: Account): Promise<Credentials | undefined> {
    return kind === 'user' ? this.findUser({ id }) : findCustomer(this.selectCustomer().where({ id }));
  }

  async findByReference(customerReference: string): Promise<Credentials | undefined> {
    if (customerReference.includes('\0')) return undefined; // PostgreSQL texts cannot contain this character
    return findCustomer(this.selectCustomer().where({ customerReference }));
  }

  /** Whether the customer has this active company user. */
  hasCompanyUser({ id }: Account, uuid: string): Promise<boolean> {
    return this.companyUsers.existsBy({ customerId: id, uuid, isActive: true });
  }

  /**
   * Marks the customer's address as confirmed.
   *
   * @returns false if the customer was anonymised
   */
  async confirm(id: string, now: Date, manager: EntityManager): Promise<boolean> {
    const { affected } = await manager.update(
      Customer,
      { id, anonymizedAt: IsNull() },
      { confirmed: true, updatedAt: now },
    );
    return affected === 1;
  }

  private selectCustomer(): SelectQueryBuilder<Customer> {
    return this.customers
      .createQueryBuilder('customer')
      .addSelect('customer.passwordHash')
      .leftJoinAndMapMany(
        'customer.companyUsers',
        CompanyUser,
        'companyUser',
        'companyUser.customerId = customer.id AND companyUser.isActive',
      );
  }

  private async findUser(where: FindOptionsWhere<User>): Promise<Credentials | undefined> {
    const select = { id: true, passwordHash: true, status: true, roles: true } as const;
    const user = await this.users.findOne({ select, where });
    if (!user) return undefined;
    const { id, passwordHash, status, roles } = user;
    return {
      kind: 'user',
      id,
      passwordHash,
      eligible: status === 'active',
      roles,
      customerReference: null,
      idCompanyUser: null,
    };
  }
}

async function findCustomer(query: SelectQueryBuilder<Customer>): Promise<Credentials | undefined> {
  const customer = (await query.getOne()) as CustomerWithCompanies | null;
  if (!customer) return undefined;
  const { id, passwordHash, confirmed, anonymizedAt, customerReference, companyUsers } = customer;
  const eligible = confirmed && anonymizedAt === null;
  return {
    kind: 'customer',
    id,
    passwordHash,
    eligible,
    customerReference,
    roles: [],
    idCompanyUser: chosenOf(companyUsers),
  };
}

/** Chooses the company user if it is the only active one, or the default. */
function chosenOf(active: readonly CompanyUser[]): string | null {
  const candidates = active.length === 1 ? active : active.filter(({ isDefault }) => isDefault);
  return candidates.map(({ uuid }) => uuid).toSorted()[0] ?? null;
}
