import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { keptValue } from '../configuration/development-keys.js';
import { isDatabaseUnavailable } from '../database/database-errors.js';
import { ProgramError } from '../run-program.js';
import { SUPERUSER } from './postgres-cluster.js';

const DATABASE = 'sallyport';
const ALREADY_THERE = '42P04';
const WRONG_PASSWORD = '28P01';

export interface ServerAddress {
  readonly port: number;
  readonly password: string;
}

/** The superuser's password: random, made once for each data folder. */
export function postgresPassword(dataDir: string): string {
  return keptValue(dataDir, 'postgres-password', () => randomBytes(24).toString('base64url'));
}

export function databaseUrl({ port, password }: ServerAddress, database: string = DATABASE): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * Makes the database if there is none; false when the server does not accept connections yet.
 *
 * @throws ProgramError when it does not know the password
 */
export async function prepareDatabase(address: ServerAddress): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl(address, 'postgres') });
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
  if (isDatabaseUnavailable(error)) return false;
  if (code !== WRONG_PASSWORD) throw error;
  throw new ProgramError('The embedded database was made with another password. npm run reset forgets it.');
}
