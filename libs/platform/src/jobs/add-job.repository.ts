import type { DataSource, EntityManager } from 'typeorm';

export interface JobOptions {
  /** A job of the same key that still waits is replaced by this one. */
  readonly key?: string;
  /** The pauses between the attempts are e, e², e³ … seconds, six hours at most: 9 attempts take 80 minutes. */
  readonly maxAttempts?: number;
  /** What waits goes in the order of this number, the lowest first, and then of its age. */
  readonly priority?: number;
  /** How many jobs of the task may wait; with as many of them no other is added. */
  readonly mostWaiting?: number;
}

/** Four days, a week-end with a broken mail server included. */
const MAX_ATTEMPTS = 25;

/**
 * Adds a job within the caller's transaction: it is there if what it belongs to is there, and not otherwise.
 *
 * @param payload stands in the database, readable, until the job is done: never a code, a key, a token or a password
 * @returns false when too many wait
 */
export async function addJob(
  within: EntityManager | DataSource,
  task: string,
  payload: object,
  { key, maxAttempts = MAX_ATTEMPTS, priority = 0, mostWaiting }: JobOptions = {},
): Promise<boolean> {
  const added = await within.query<unknown[]>(
    `SELECT (graphile_worker.add_job($1, $2::json, max_attempts => $3, job_key => $4, priority => $5)).id
     WHERE $6::int IS NULL OR $6 > (SELECT count(*) FROM (
       SELECT FROM graphile_worker.jobs WHERE task_identifier = $1 LIMIT $6) waiting)`,
    [task, JSON.stringify(payload), maxAttempts, key ?? null, priority, mostWaiting ?? null],
  );
  return added.length > 0;
}
