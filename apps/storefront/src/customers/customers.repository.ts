import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, type EntityManager, type Repository } from 'typeorm';
import { Customer } from '#auth';
import { run } from '#sql';
import type { CustomerData } from './customer.resource.js';
import { REGISTER_CUSTOMER } from './customers.sql.js';
import type { UpdateCustomerDto } from './dto/update-customer.dto.js';

/** A customer that registers; not confirmed yet. */
export interface NewCustomer extends Omit<CustomerData, 'id' | 'customerReference' | 'createdAt' | 'updatedAt'> {
  /** The reference is this, `--` and the id. */
  readonly store: string;
  readonly passwordHash: string;
  readonly locale: string;
}

/** Customers' own data. */
@Injectable()
export class CustomersRepository {
  constructor(@InjectRepository(Customer) private readonly customers: Repository<Customer>) {}

  find(id: string): Promise<CustomerData | null> {
    return this.customers.findOneBy({ id, anonymizedAt: IsNull() });
  }

  /** Nobody else changes the customer before the transaction ends; null: the account ended. */
  lock(id: string, manager: EntityManager): Promise<Customer | null> {
    const where = { id, anonymizedAt: IsNull() };
    return manager.findOne(Customer, { where, lock: { mode: 'for_no_key_update' } });
  }

  /** @returns undefined when the e-mail address is somebody's already */
  async register(customer: NewCustomer, now: Date, manager: EntityManager): Promise<CustomerData | undefined> {
    const [row] = await run<CustomerData>(manager, REGISTER_CUSTOMER, { ...customer, now });
    return row;
  }

  /**
   * Stores what is given.
   *
   * @param customer who is locked
   * @throws QueryFailedError of `uq_customer_email` for an address that is somebody else's
   */
  async update(
    customer: Customer,
    { email, salutation, firstName, lastName, gender, dateOfBirth }: UpdateCustomerDto,
    { emailChangedAt, now }: { readonly emailChangedAt: Date[] | undefined; readonly now: Date },
    manager: EntityManager,
  ): Promise<CustomerData> {
    const changes = { email, salutation, firstName, lastName, gender, dateOfBirth, emailChangedAt, updatedAt: now };
    await manager.update(Customer, { id: customer.id }, changes);
    return manager.merge(Customer, customer, changes);
  }
}
