import { statement } from '#sql';

/**
 * The reference is made of the id. Nobody learns from a constraint's error what another customer's address is: a taken
 * one inserts no row. Dates as texts: the driver would make a moment of them.
 */
export const REGISTER_CUSTOMER = statement(
  'customer_register',
  `
  WITH next AS (SELECT nextval(pg_get_serial_sequence('customer', 'id')) AS id)
  INSERT INTO customer (id, customer_reference, email, password_hash, salutation, first_name, last_name, gender,
    date_of_birth, locale, confirmed, created_at, updated_at)
  SELECT id, :store::text || '--' || id, :email, :passwordHash, :salutation, :firstName, :lastName, :gender,
    :dateOfBirth::date, :locale, false, :now::timestamptz, :now
  FROM next
  ON CONFLICT (lower(email)) DO NOTHING
  RETURNING id, customer_reference AS "customerReference", email, salutation, first_name AS "firstName",
    last_name AS "lastName", gender, date_of_birth::text AS "dateOfBirth", created_at AS "createdAt",
    updated_at AS "updatedAt"`,
);
