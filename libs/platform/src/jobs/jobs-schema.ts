import type { Pool } from 'pg';
import { run } from '#sql';
import { FIND_NEWER_SCHEMA } from './jobs.sql.js';

/** The last migration of the library's version that this program has. */
export const KNOWN_SCHEMA = 19;

/** Whether a newer version of the library has changed the schema so that this one would do harm. */
export async function isSchemaTooNew(connections: Pool): Promise<boolean> {
  return (await run(connections, FIND_NEWER_SCHEMA, { known: KNOWN_SCHEMA })).length > 0;
}
