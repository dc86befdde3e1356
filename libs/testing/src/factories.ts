import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { Customer, hashPassword, User } from '#auth';

export const PASSWORD = 'Harbor-Test-01!';
const PASSWORD_HASH = hashPassword(PASSWORD);

/** Starts with a letter, because digits at the end of a customer's reference are read as an id. */
const newName = (): string => `n${randomUUID().slice(0, 8)}`;

/** Stores a confirmed customer with a unique name and the password `PASSWORD`. */
export async function createCustomer(dataSource: DataSource, overrides: Partial<Customer> = {}): Promise<Customer> {
  const name = newName();
  const customer = dataSource.getRepository(Customer).create({
    customerReference: `DE--${name}`,
    email: `${name}@customers.example`,
    passwordHash: await PASSWORD_HASH,
    salutation: 'Ms',
    firstName: 'Ada',
    lastName: name,
    locale: 'en_US',
    confirmed: true,
    ...overrides,
  });
  return dataSource.getRepository(Customer).save(customer);
}

/** Stores an active Back Office user with a unique name and the password `PASSWORD`. */
export async function createUser(dataSource: DataSource, overrides: Partial<User> = {}): Promise<User> {
  const name = newName();
  const user = dataSource.getRepository(User).create({
    uuid: randomUUID(),
    username: `${name}@users.example`,
    passwordHash: await PASSWORD_HASH,
    firstName: 'Ben',
    lastName: name,
    roles: ['back-office'],
    locale: 'en_US',
    ...overrides,
  });
  return dataSource.getRepository(User).save(user);
}
