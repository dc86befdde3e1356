import type { DataSource } from 'typeorm';
import { vi } from 'vitest';
import type { Account } from '#mfa';

/**
 * Starts works that write about one account, in this order, and holds the account's row until each of them waits for it
 * or is done: all that wait have decided on the same state.
 */
export async function atOnce<T>(
  source: DataSource,
  { kind, id }: Pick<Account, 'kind' | 'id'>,
  works: readonly (() => Promise<T>)[],
): Promise<T[]> {
  const holder = source.createQueryRunner();
  try {
    await holder.startTransaction();
    await holder.query('SELECT FROM mfa_account WHERE account_kind = $1 AND account_id = $2 FOR UPDATE', [kind, id]);
    let running = works.length;
    const started: Promise<T>[] = [];
    for (const work of works) {
      started.push(work().finally(() => (running -= 1)));
      const order = started.length - works.length;
      await vi.waitUntil(async () => (await waiting(source)) >= running + order, { timeout: 20_000, interval: 2 });
    }
    await holder.commitTransaction();
    return await Promise.all(started);
  } finally {
    if (holder.isTransactionActive) await holder.rollbackTransaction();
    await holder.release();
  }
}

/** How many connections wait for a lock. */
async function waiting(source: DataSource): Promise<number> {
  const [row] = await source.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return row?.count ?? 0;
}
