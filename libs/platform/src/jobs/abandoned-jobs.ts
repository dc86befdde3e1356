import type { Pool } from 'pg';
import { run } from '#sql';
import { FIND_OVERDUE_HOLDS, FREE_HOLDS, REMOVE_EXHAUSTED_JOBS, SETTLE_JOBS } from './jobs.sql.js';

/** Longer than an attempt takes: 15 s for a statement, 5 s for a connection, 10 s for a mail. */
const OVERDUE_SECONDS = 120;

/**
 * Jobs that nobody works at. The library itself would look at them after four hours; its `force_unlock_workers` frees all
 * jobs of an instance, those that it has just begun included.
 */
export class AbandonedJobs {
  constructor(private readonly connections: Pool) {}

  /** @returns holds: the job, and since when an instance has it */
  async findOverdue(): Promise<readonly string[]> {
    const rows = await run<{ hold: string }>(this.connections, FIND_OVERDUE_HOLDS, { seconds: OVERDUE_SECONDS });
    return rows.map(({ hold }) => hold);
  }

  /**
   * Whoever comes first does these jobs.
   *
   * @returns how many holds there still were
   */
  async free(holds: readonly string[]): Promise<number> {
    return (await run(this.connections, FREE_HOLDS, { holds })).length;
  }

  /** After workers that ended: their finished jobs are gone, the others wait for anybody. */
  async settle(poolId: string, finished: readonly string[]): Promise<void> {
    await run(this.connections, SETTLE_JOBS, { poolId, finished });
  }

  /** Takes jobs away that will never be tried again: the instance died in the last attempt. */
  removeExhausted(): Promise<readonly { readonly id: string; readonly task: string }[]> {
    return run(this.connections, REMOVE_EXHAUSTED_JOBS);
  }
}
