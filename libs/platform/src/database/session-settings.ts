/**
 * Settings that statements, decisions or the driver rely on, as PostgreSQL shows them. Every connection has them from
 * its first statement on, whatever the defaults of the server, the database or the login are. What only makes things
 * faster or slower, or is about storage and logs, stays as the operator has it (docs/operations.md).
 */
const SESSION_SETTINGS = {
  // what one statement sees, and whether it waits for another one or fails
  default_transaction_isolation: 'read committed',
  default_transaction_read_only: 'off',
  default_transaction_deferrable: 'off',
  exit_on_error: 'off',
  row_security: 'on',
  // how values are read and written
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  array_nulls: 'on',
  transform_null_equals: 'off',
  // how long something may take
  statement_timeout: '15s',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
} as const satisfies Readonly<Record<string, string>>;

type SessionSettings = Readonly<Record<keyof typeof SESSION_SETTINGS, string>>;

/** Settings that a login may not change, or that some versions do not have: they are looked at. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  client_encoding: 'UTF8', // asked for by the driver
  session_replication_role: 'origin', // with another one no trigger writes the audit trail
  transaction_timeout: '0', // since PostgreSQL 17
};

/** Where the tables are, unless `options` of the URL say another `search_path`. */
const SCHEMA = 'public';

/** @param unlimited for what takes as long as it takes: migrations, exports, imports */
export function sessionSettings(unlimited: boolean): SessionSettings {
  return unlimited ? { ...SESSION_SETTINGS, statement_timeout: '0' } : SESSION_SETTINGS;
}

/** All that a session must have, as PostgreSQL shows it. */
export function requiredSettings(settings: SessionSettings): Readonly<Record<string, string>> {
  return { ...settings, ...LOOKED_AT };
}

/**
 * The settings as the `options` of a connection: they come with its first packet, and cost nothing.
 *
 * @param ofUrl the options of `DATABASE_URL`; they choose the schema, and cannot change what is relied on
 */
export function startupOptions(settings: SessionSettings, ofUrl: string | null): string {
  const ours = Object.entries(settings).map(([name, value]) => option(name, value));
  return [option('search_path', SCHEMA), ...(ofUrl ? [ofUrl] : []), ...ours].join(' ');
}

/** A blank ends an option, unless it is escaped. */
const option = (name: string, value: string): string => `-c ${name}=${value.replaceAll(' ', '\\ ')}`;
