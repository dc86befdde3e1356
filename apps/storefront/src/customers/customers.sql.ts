import { statement } from '#sql';

/**
 * The reference contains the id. If the address is taken, no row is inserted, so that no constraint error reveals
 * another customer's address. Dates are returned as text, because the driver would turn them into times.
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
