/**
 * Settings that statements, decisions or the driver rely on, in the form in which PostgreSQL shows them. Every
 * connection has them from its first statement on, independent of the defaults of server, database and login. Settings
 * that only change speed, storage or logs are left to the operator (docs/operations.md).
 */
const SESSION_SETTINGS = {
  // what a statement sees, and whether it waits for another one or fails
  default_transaction_isolation: 'read committed',
  default_transaction_read_only: 'off',
  default_transaction_deferrable: 'off',
  exit_on_error: 'off',
  row_security: 'on',
  // the format of values
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  array_nulls: 'on',
  transform_null_equals: 'off',
  // time limits
  statement_timeout: '15s',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
} as const satisfies Readonly<Record<string, string>>;

type SessionSettings = Readonly<Record<keyof typeof SESSION_SETTINGS, string>>;

/** Settings that some logins may not change, or that some versions do not have. They are only checked. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  client_encoding: 'UTF8', // requested by the driver
  session_replication_role: 'origin', // with another value no trigger would write the audit trail
  transaction_timeout: '0', // since PostgreSQL 17
};

/** The schema of the tables, unless `options` in the URL set another `search_path`. */
const SCHEMA = 'public';

/** @param unlimited true for migrations, exports and imports, whose statements need no time limit */
export function sessionSettings(unlimited: boolean): SessionSettings {
  return unlimited ? { ...SESSION_SETTINGS, statement_timeout: '0' } : SESSION_SETTINGS;
}

/** All settings that a session must have, in the form in which PostgreSQL shows them. */
export function requiredSettings(settings: SessionSettings): Readonly<Record<string, string>> {
  return { ...settings, ...LOOKED_AT };
}

/**
 * The settings as the `options` of a connection. They are part of its first packet, so they cost no extra round trip.
 *
 * @param ofUrl the options in `DATABASE_URL`: they may choose the schema, but cannot override these settings
 */
export function startupOptions(settings: SessionSettings, ofUrl: string | null): string {
  const ours = Object.entries(settings).map(([name, value]) => option(name, value));
  return [option('search_path', SCHEMA), ...(ofUrl ? [ofUrl] : []), ...ours].join(' ');
}

/** A blank ends an option unless it is escaped. */
const option = (name: string, value: string): string => `-c ${name}=${value.replaceAll(' ', '\\ ')}`;
