import type { DataSource, QueryRunner } from 'typeorm';
import { vi } from 'vitest';

export interface Interleaving<Result> {
  /** Takes locks that the work needs. */
  readonly lock: (transaction: QueryRunner) => Promise<unknown>;
  readonly work: () => Promise<Result>;
  /** Runs in the transaction while the work waits for its locks. */
  readonly change: (transaction: QueryRunner) => Promise<unknown>;
}

/**
 * Opens a transaction that holds locks until the work waits for them, makes a change, and commits.
 *
 * @returns the result of the work
 */
export async function interleave<Result>(
  source: DataSource,
  { lock, work, change }: Interleaving<Result>,
): Promise<Result> {
  const transaction = source.createQueryRunner();
  try {
    await transaction.startTransaction();
    await lock(transaction);
    const result = work();
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await vi.waitUntil(async () => (await source.query<unknown[]>(waiting)).length > 0, { timeout: 10_000 });
    await change(transaction);
    await transaction.commitTransaction();
    return await result;
  } finally {
    if (transaction.isTransactionActive) await transaction.rollbackTransaction();
    await transaction.release();
  }
}
