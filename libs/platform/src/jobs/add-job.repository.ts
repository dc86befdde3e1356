import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';

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
  manager: EntityManager | DataSource,
  task: string,
  payload: object,
  { key, maxAttempts = MAX_ATTEMPTS, priority = 0, delayMs = 0, share }: JobOptions = {},
): Promise<boolean> {
  const values = [task, JSON.stringify(payload), maxAttempts, delayMs, priority];
  if (share) return addShared(manager, { ...share, key: key ?? randomUUID() }, values);
  await manager.query(`SELECT ${add('$6', '$5')}`, [...values, key ?? null]);
  return true;
}

const add = (key: string, priority: string): string => `graphile_worker.add_job($1, $2::json, max_attempts => $3,
  run_at => now() + random() * make_interval(secs => $4 / 1000.0), job_key => ${key}, priority => (${priority})::int)`;

/** The key of a job tells whose it is; who asks for the same again replaces the own request, and nobody else's. */
async function addShared(
  manager: EntityManager | DataSource,
  { pool, client, key, mostWaiting, mostWaitingOfOne }: JobShare & { readonly key: string },
  values: readonly unknown[],
): Promise<boolean> {
  const added = await manager.query<unknown[]>(
    `WITH waiting AS MATERIALIZED (
       SELECT count(*) AS count, count(*) FILTER (WHERE starts_with(key, $7)) AS own
       FROM graphile_worker.jobs WHERE starts_with(key, $6)
     )
     SELECT ${add('$7 || $8', '$5 + own')} FROM waiting WHERE count < $9 AND own < $10`,
    [...values, `${pool}:`, `${pool}:${client}:`, key, mostWaiting, mostWaitingOfOne],
  );
  return added.length > 0;
}
