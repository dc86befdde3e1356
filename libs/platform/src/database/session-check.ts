import type { ClientBase } from 'pg';
import { run } from '#sql';
import { LOOK_AT_SESSION } from './database.sql.js';

const OLDEST_VERSION = 150_000;

/** The server or the login is configured so that the program could do damage or could not work. */
export class UnfitDatabase extends Error {
  override readonly name = 'UnfitDatabase';
  /** The message is for the operator. */
  readonly forOperator = true;
  /** The SQLSTATE of a statement that may not write, so that the failure is handled like one. */
  readonly code: string | undefined;

  constructor(message: string, { isReadOnly = false } = {}) {
    super(message);
    this.code = isReadOnly ? '25006' : undefined;
  }
}

interface Session {
  readonly version: number;
  readonly versionName: string;
  readonly encoding: string;
  readonly isStandby: boolean;
  readonly others: readonly string[];
}

/**
 * Checks a new connection before it is used: the server, and whether a pooler has kept the settings.
 *
 * @throws UnfitDatabase
 */
export async function checkSession(client: ClientBase, wanted: Readonly<Record<string, string>>): Promise<void> {
  const values = { names: Object.keys(wanted), values: Object.values(wanted) };
  const [session] = await run<Session>(client, LOOK_AT_SESSION, values);
  const fault = session && faultOf(session);
  if (fault) throw fault;
}

function faultOf({ version, versionName, encoding, isStandby, others }: Session): UnfitDatabase | undefined {
  if (version < OLDEST_VERSION) return new UnfitDatabase(`PostgreSQL 15 or newer is needed; this is ${versionName}.`);
  if (encoding !== 'UTF8') return new UnfitDatabase(`The database must have the encoding UTF8, and has ${encoding}.`);
  if (isStandby)
    return new UnfitDatabase('The database server is a standby: nothing can be written.', { isReadOnly: true });
  if (others.length === 0) return undefined;
  return new UnfitDatabase(
    `The sessions of the database do not have what the program relies on: ${others.join(', ')}. ` +
      'Set these for the login with ALTER ROLE … SET (docs/operations.md).',
  );
}
