import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { Customer, voidAccountKeys } from '#auth';
import { isViolationOf, prepared, type Statement } from '#platform';
import { takeAddressChange } from './address-allowance.js';
import type { CustomerChanges } from './customer-changes.attributes.js';
import { lockCustomer } from '../access/customer-lock.js';
import type { CustomerData } from './customer.resource.js';

/** A customer that registers; not confirmed yet. */
export interface NewCustomer extends Omit<CustomerData, 'id' | 'customerReference' | 'createdAt' | 'updatedAt'> {
  /** The reference is this, `--` and the id. */
  readonly store: string;
  readonly passwordHash: string;
  readonly locale: string;
}

export type Change =
  | { readonly outcome: 'changed'; readonly customer: CustomerData }
  | { readonly outcome: 'email-taken' }
  | { readonly outcome: 'too-often'; readonly until: Date }
  | { readonly outcome: 'gone' };

/** Dates as texts: the driver would make a moment of them. */
const COLUMNS = `id, customer_reference AS "customerReference", email, salutation, first_name AS "firstName",
  last_name AS "lastName", gender, date_of_birth::text AS "dateOfBirth", created_at AS "createdAt",
  updated_at AS "updatedAt"`;

const FIND: Statement = {
  name: 'customer_find',
  text: `SELECT ${COLUMNS} FROM customer WHERE id = $1 AND anonymized_at IS NULL`,
};

/** Nobody learns from a constraint's error what another customer's address is: a taken one inserts no row. */
const INSERT = `
  WITH next AS (SELECT nextval(pg_get_serial_sequence('customer', 'id')) AS id)
  INSERT INTO customer (id, customer_reference, email, password_hash, salutation, first_name, last_name, gender,
    date_of_birth, locale, confirmed, created_at, updated_at)
  SELECT id, $1::text || '--' || id, $2, $3, $4, $5, $6, $7, $8::date, $9, false, $10::timestamptz, $10 FROM next
  ON CONFLICT (lower(email)) DO NOTHING
  RETURNING ${COLUMNS}`;

const UPDATE = `
  UPDATE customer SET email = coalesce($2, email), salutation = coalesce($3, salutation),
    first_name = coalesce($4, first_name), last_name = coalesce($5, last_name), gender = coalesce($6, gender),
    date_of_birth = coalesce($7::date, date_of_birth), email_changed_at = coalesce($9::timestamptz[], email_changed_at),
    updated_at = $8
  WHERE id = $1
  RETURNING ${COLUMNS}`;

/** Customers' own data. */
@Injectable()
export class CustomersRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async find(id: string): Promise<CustomerData | undefined> {
    const [row] = await prepared<CustomerData>(this.dataSource, FIND, [id]);
    return row;
  }

  /**
   * @param welcome what comes with a new customer, in the same transaction
   * @returns undefined when the e-mail address is somebody's already
   */
  register(
    customer: NewCustomer,
    now: Date,
    welcome: (manager: EntityManager, id: string) => Promise<void>,
  ): Promise<CustomerData | undefined> {
    const { store, email, passwordHash, salutation, firstName, lastName, gender, dateOfBirth, locale } = customer;
    const person = [email, passwordHash, salutation, firstName, lastName, gender, dateOfBirth, locale];
    return this.dataSource.transaction(async (manager) => {
      const [row] = await manager.query<CustomerData[]>(INSERT, [store, ...person, now]);
      if (row) await welcome(manager, row.id);
      return row;
    });
  }

  /**
   * Stores what is given; with a new e-mail address all mailed keys are void.
   *
   * @param leave what else ends with the old address, in the same transaction
   */
  async change(
    id: string,
    changes: CustomerChanges,
    now: Date,
    leave: (manager: EntityManager, formerEmail: string) => Promise<void>,
  ): Promise<Change> {
    try {
      return await this.dataSource.transaction(async (manager) => {
        const former = await lockCustomer(manager, id);
        if (!former) return { outcome: 'gone' };
        const { email, salutation, firstName, lastName, gender, dateOfBirth } = changes;
        const isMove = email !== undefined && email !== former.email;
        const allowance = isMove ? takeAddressChange(await addressChangesOf(manager, id), now) : undefined;
        if (allowance?.blockedUntil) return { outcome: 'too-often', until: allowance.blockedUntil };
        const person = [email, salutation, firstName, lastName, gender, dateOfBirth];
        const values = [id, ...person, now, allowance?.changedAt];
        const [[customer]] = await manager.query<[CustomerData[], number]>(UPDATE, values);
        if (!customer) return { outcome: 'gone' };
        if (isMove) {
          await voidAccountKeys(manager, { kind: 'customer', id });
          await leave(manager, former.email);
        }
        return { outcome: 'changed', customer };
      });
    } catch (error) {
      if (isViolationOf(error, 'uq_customer_email')) return { outcome: 'email-taken' };
      throw error;
    }
  }
}

/** Of a customer whose row is locked: no other change comes between. */
async function addressChangesOf(manager: EntityManager, id: string): Promise<Date[]> {
  const { emailChangedAt } = await manager.findOneOrFail(Customer, { select: { emailChangedAt: true }, where: { id } });
  return emailChangedAt;
}
