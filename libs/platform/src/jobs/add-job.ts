import { randomUUID } from 'node:crypto';
import { run, type Source } from '#sql';
import { ADD_JOB, ADD_SHARED_JOB } from './jobs.sql.js';

export interface JobOptions {
  /** Replaces a waiting job with the same key. */
  readonly key?: string;
  /** The pauses between attempts are e, e², e³ … seconds, six hours at most: 9 attempts take 80 minutes. */
  readonly maxAttempts?: number;
  /** Waiting jobs run in the order of this number, the lowest first, and then by age. */
  readonly priority?: number;
  /** The job starts at a random time within this many milliseconds. */
  readonly delayMs?: number;
  /** Shares the queue fairly between clients. For jobs that anybody can cause. */
  readonly share?: JobShare;
}

/** In a pool, a client's n-th waiting job runs after the first n - 1 jobs of all other clients. */
export interface JobShare {
  /** Jobs that are counted together, also of different tasks. */
  readonly pool: string;
  readonly client: string;
  /** No job is added if this many are waiting, in total or of this client. */
  readonly mostWaiting: number;
  readonly mostWaitingOfOne: number;
}

/** Four days, so that jobs survive a weekend with a broken mail server. */
const MAX_ATTEMPTS = 25;

/**
 * Adds a job in the caller's transaction: it exists only if the transaction commits.
 *
 * @param payload is readable in the database until the job is done: it must not contain a code, key, token or password
 * @returns false if too many jobs are waiting
 */
export async function addJob(
  source: Source,
  task: string,
  payload: object,
  { key, maxAttempts = MAX_ATTEMPTS, priority = 0, delayMs = 0, share }: JobOptions = {},
): Promise<boolean> {
  const values = { task, payload: JSON.stringify(payload), maxAttempts, delayMs, priority };
  const rows = share
    ? await run(source, ADD_SHARED_JOB, { ...values, ...sharedValues(share, key ?? randomUUID()) })
    : await run(source, ADD_JOB, { ...values, key: key ?? null });
  return rows.length > 0;
}

/** The key of a job contains the client, so that a repeated request replaces only the same client's job. */
function sharedValues({ pool, client, mostWaiting, mostWaitingOfOne }: JobShare, key: string) {
  const own = `${pool}:${client}:`;
  return { pool: `${pool}:`, own, key: own + key, mostWaiting, mostWaitingOfOne };
}
