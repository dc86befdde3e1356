import { randomUUID } from 'node:crypto';
import { run, type Source } from '#sql';
import { ADD_JOB, ADD_SHARED_JOB } from './jobs.sql.js';

export interface JobOptions {
  /** A job of the same key that still waits is replaced by this one. */
  readonly key?: string;
  /** The pauses between the attempts are e, e², e³ … seconds, six hours at most: 9 attempts take 80 minutes. */
  readonly maxAttempts?: number;
  /** What waits goes in the order of this number, the lowest first, and then of its age. */
  readonly priority?: number;
  /** The job begins at a random moment within this time. */
  readonly delayMs?: number;
  /** Shares the queue out among those who ask; for jobs that anybody can have added. */
  readonly share?: JobShare;
}

/** A client's n-th waiting job of a pool comes behind the first n - 1 of all others. */
export interface JobShare {
  /** Jobs that are counted together, whatever their tasks. */
  readonly pool: string;
  readonly client: string;
  /** With as many waiting no other is added: in all, and of this client. */
  readonly mostWaiting: number;
  readonly mostWaitingOfOne: number;
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

/** The key of a job tells whose it is; who asks for the same again replaces the own request, and nobody else's. */
function sharedValues({ pool, client, mostWaiting, mostWaitingOfOne }: JobShare, key: string) {
  const own = `${pool}:${client}:`;
  return { pool: `${pool}:`, own, key: own + key, mostWaiting, mostWaitingOfOne };
}
