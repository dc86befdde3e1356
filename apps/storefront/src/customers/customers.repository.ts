import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Not, Raw, type EntityManager, type Repository } from 'typeorm';
import { Customer, type Credentials } from '#auth';
import { run } from '#sql';
import type { CustomerData } from './customer.resource.js';
import { REGISTER_CUSTOMER } from './customers.sql.js';
import type { UpdateCustomerDto } from './dto/update-customer.dto.js';

/** A customer to register, not confirmed yet. */
export interface NewCustomer extends Omit<CustomerData, 'id' | 'customerReference' | 'createdAt' | 'updatedAt'> {
  /** The reference is this name, `--` and the id. */
  readonly store: string;
  readonly passwordHash: string;
  readonly locale: string;
}

/** Reads and writes customers for their own account. */
@Injectable()
export class CustomersRepository {
  constructor(@InjectRepository(Customer) private readonly customers: Repository<Customer>) {}

  find(id: string): Promise<CustomerData | null> {
    return this.customers.findOneBy({ id, anonymizedAt: IsNull() });
  }

  /** Locks the customer until the transaction ends. Null if the account was ended. */
  lock(id: string, manager: EntityManager): Promise<Customer | null> {
    const where = { id, anonymizedAt: IsNull() };
    return manager.findOne(Customer, { where, lock: { mode: 'for_no_key_update' } });
  }

  /** Whether the password is still the one that was checked. The customer must be locked. */
  hasPassword({ id, passwordHash }: Credentials, manager: EntityManager): Promise<boolean> {
    return manager.existsBy(Customer, { id, passwordHash });
  }

  /** @returns undefined if the e-mail address is already in use */
  async register(customer: NewCustomer, now: Date, manager: EntityManager): Promise<CustomerData | undefined> {
    const [row] = await run<CustomerData>(manager, REGISTER_CUSTOMER, { ...customer, now });
    return row;
  }

  /** Whether another customer has the address. */
  isTaken(email: string, { id }: Pick<Customer, 'id'>, manager: EntityManager): Promise<boolean> {
    const isEmail = Raw((column) => `lower(${column}) = lower(:email)`, { email });
    return manager.existsBy(Customer, { email: isEmail, id: Not(id) });
  }

  /** @param changedAt the times of the changes that count. The customer must be locked. */
  async countAddressChange(id: string, changedAt: Date[], manager: EntityManager): Promise<void> {
    await manager.update(Customer, { id }, { emailChangedAt: changedAt });
  }

  /**
   * Stores the given members.
   *
   * @param customer must be locked
   * @throws QueryFailedError of `uq_customer_email` if another customer has the address
   */
  async update(
    customer: Customer,
    { email, salutation, firstName, lastName, gender, dateOfBirth }: UpdateCustomerDto,
    now: Date,
    manager: EntityManager,
  ): Promise<CustomerData> {
    const changes = { email, salutation, firstName, lastName, gender, dateOfBirth, updatedAt: now };
    await manager.update(Customer, { id: customer.id }, changes);
    return manager.merge(Customer, customer, changes);
  }
}
