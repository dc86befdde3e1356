import type { Pool } from 'pg';
import { run } from '#sql';
import { FIND_NEWER_SCHEMA } from './jobs.sql.js';

/** The last migration in the installed version of the library. */
export const KNOWN_SCHEMA = 19;

/** Whether a newer version of the library has changed the schema, so that this version could do damage. */
export async function isSchemaTooNew(connections: Pool): Promise<boolean> {
  return (await run(connections, FIND_NEWER_SCHEMA, { known: KNOWN_SCHEMA })).length > 0;
}
