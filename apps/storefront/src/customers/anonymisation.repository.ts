import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { endAccountSessions } from '#auth';

/** What stands in for the e-mail address is none, so that nobody can register or log in with it. */
const ANONYMISE = `
  UPDATE customer SET email = 'anonymised:' || id, password_hash = '', salutation = '', first_name = '', last_name = '',
    gender = NULL, date_of_birth = NULL, email_changed_at = '{}', confirmed = false, anonymized_at = $2, updated_at = $2
  WHERE id = $1 AND anonymized_at IS NULL`;

const KEPT_OF_ADDRESS = `'country', 'iso2Code'`;

/** A JSON object without what it tells of a person; what it has besides the kept members becomes empty. */
const blank = (json: string): string => `(
  SELECT coalesce(jsonb_object_agg(key, CASE
    WHEN key IN (${KEPT_OF_ADDRESS}) THEN value WHEN jsonb_typeof(value) = 'string' THEN '""' ELSE 'null' END), '{}')
  FROM jsonb_each(CASE WHEN jsonb_typeof(${json}) = 'object' THEN ${json} ELSE '{}' END))`;

/** What was ordered, where to by country, and what was paid stays. */
const BLANK_ORDERS = `
  UPDATE sales_order SET customer = ${blank('customer')}, billing_address = ${blank('billing_address')},
    shipments = (
      SELECT coalesce(jsonb_agg(
        shipment || jsonb_build_object('shippingAddress', ${blank(`shipment->'shippingAddress'`)}) ORDER BY place), '[]')
      FROM jsonb_array_elements(shipments) WITH ORDINALITY AS all_shipments (shipment, place))
  WHERE customer_id = $1`;

/** Stored answers, by who asked. A locked one belongs to a request that waits for the customer, and ends in vain. */
const FORGET_ANSWERS = `
  DELETE FROM idempotency_record WHERE (identity, route, key_hash) IN (
    SELECT identity, route, key_hash FROM idempotency_record
    WHERE identity = sha256(convert_to('customer:' || $1::text, 'UTF8')) FOR UPDATE SKIP LOCKED)`;

/** Takes the person out of all tables; what the law wants kept stays, and tells of nobody. */
@Injectable()
export class AnonymisationRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * The customer's row comes first: what else writes addresses, carts or orders locks it too, and finds nobody after.
   *
   * @param forget what else ends with the account, in the same transaction
   * @returns false for a customer that is gone already
   */
  anonymise(id: string, now: Date, forget: (manager: EntityManager) => Promise<void>): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [, anonymised] = await manager.query<[unknown[], number]>(ANONYMISE, [id, now]);
      if (anonymised === 0) return false;
      await endAccountSessions(manager, { kind: 'customer', id }, now);
      await manager.query(`DELETE FROM account_key WHERE account_kind = 'customer' AND account_id = $1`, [id]);
      await manager.query(`DELETE FROM company_user WHERE customer_id = $1`, [id]);
      await manager.query(`DELETE FROM customer_address WHERE customer_id = $1`, [id]);
      await manager.query(`DELETE FROM cart WHERE customer_id = $1`, [id]);
      await manager.query(BLANK_ORDERS, [id]);
      await manager.query(FORGET_ANSWERS, [id]);
      await forget(manager);
      return true;
    });
  }
}
