import { Client, type ClientBase, type QueryConfig } from 'pg';
import { checkSession } from './session-check.js';
import { sessionSettings, startupOptions, requiredSettings } from './session-settings.js';

const CONNECT_TIMEOUT_MS = 5_000;
/** URL parameters with which the driver would override this program's settings. */
const DRIVER_SETTINGS = ['options', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];

/** A URL parameter, `true` or `false`, for poolers that do not track which connection has prepared which statement. */
export const PREPARED_STATEMENTS = 'prepared_statements';

export interface ConnectionOptions {
  /** With the parameter `prepared_statements=false`, each statement is planned every time. */
  readonly url: string;
  /** The name of the connections in `pg_stat_activity`. */
  readonly applicationName: string;
  /** True: statements have no time limit. */
  readonly isUnlimited?: boolean;
}

/** The driver's options for each connection of this program. Only pools use `onConnect`. */
export interface ConnectionConfig {
  readonly connectionString: string;
  readonly options: string;
  readonly application_name: string;
  readonly connectionTimeoutMillis: number;
  readonly keepAlive: boolean;
  readonly onConnect: (client: ClientBase) => Promise<void>;
}

/** Sets the settings that the program relies on for each connection, and checks them before the connection is used. */
export function connectionOptions({ url, applicationName, isUnlimited = false }: ConnectionOptions): ConnectionConfig {
  const settings = sessionSettings(isUnlimited);
  const address = new URL(url);
  const ofUrl = address.searchParams.get('options');
  const isPrepared = address.searchParams.get(PREPARED_STATEMENTS) !== 'false';
  for (const name of [...DRIVER_SETTINGS, PREPARED_STATEMENTS]) address.searchParams.delete(name);
  return {
    connectionString: address.toString(),
    options: startupOptions(settings, ofUrl),
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    onConnect: async (client) => {
      if (!isPrepared) forgetNames(client);
      await checkSession(client, requiredSettings(settings));
    },
  };
}

/** Removes the names of statements, because the driver prepares only named ones. */
function forgetNames(client: ClientBase): void {
  const query = (statement: unknown, ...others: unknown[]): unknown => {
    const isNamed = typeof statement === 'object' && statement !== null && 'name' in statement;
    const unnamed = isNamed ? { ...(statement as QueryConfig), name: undefined } : statement;
    return Reflect.apply(Client.prototype.query, client, [unnamed, ...others]);
  };
  client.query = query as typeof client.query;
}
