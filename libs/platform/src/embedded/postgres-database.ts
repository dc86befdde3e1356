import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { keptValue } from '../configuration/development-keys.js';
import { connectionOptions } from '../database/connection-options.js';
import { databaseFailure } from '../database/database-errors.js';
import type { DatabaseFault } from '../database/sql-states.js';
import { ProgramError } from '../run-program.js';
import { SUPERUSER } from './postgres-cluster.js';

const DATABASE = 'sallyport';
const ALREADY_THERE = '42P04';
const WRONG_PASSWORD = '28P01';
const COMPLETE = 'sslmode=disable&sslnegotiation=postgres&replication=false';
const NOT_YET: ReadonlySet<DatabaseFault> = new Set(['unreachable', 'stopping', 'full']);

export interface ServerAddress {
  readonly port: number;
  readonly password: string;
}

/** The superuser's password. It is random and created once for each data folder. */
export function postgresPassword(dataDir: string): string {
  return keptValue(dataDir, 'postgres-password', () => randomBytes(24).toString('base64url'));
}

/**
 * Names every option of a client, because clients read options missing in the URL from variables such as `PGSSLMODE`,
 * which may be meant for other programs.
 */
export function databaseUrl({ port, password }: ServerAddress, database: string = DATABASE): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}?${COMPLETE}`;
}

/**
 * Creates the database if it does not exist.
 *
 * @returns false if the server does not accept connections yet
 * @throws ProgramError if the server does not accept the password
 */
export async function prepareDatabase(address: ServerAddress): Promise<boolean> {
  const connection = connectionOptions({ url: databaseUrl(address, 'postgres'), applicationName: 'sallyport-start' });
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`CREATE DATABASE ${DATABASE}`);
    return true;
  } catch (error) {
    return whetherPrepared(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function whetherPrepared(error: unknown): boolean {
  const { code } = error as { code?: string };
  if (code === ALREADY_THERE) return true;
  if (code === WRONG_PASSWORD) {
    throw new ProgramError('The embedded database was made with another password. npm run reset forgets it.');
  }
  const fault = databaseFailure(error)?.fault;
  if (fault && NOT_YET.has(fault)) return false;
  throw error;
}
