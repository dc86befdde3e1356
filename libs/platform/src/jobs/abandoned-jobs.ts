import type { Pool } from 'pg';
import { run } from '#sql';
import { FIND_OVERDUE_HOLDS, FREE_HOLDS, REMOVE_EXHAUSTED_JOBS, SETTLE_JOBS } from './jobs.sql.js';

/** More than one attempt can take: 15 s for a statement, 5 s for a connection, 10 s for a mail. */
const OVERDUE_SECONDS = 120;

/**
 * Frees jobs whose instance has ended. The library itself would do so after four hours. Its `force_unlock_workers`
 * frees all jobs of an instance, including those that it has just started.
 */
export class AbandonedJobs {
  constructor(private readonly connections: Pool) {}

  /** @returns holds: a job id with the time at which an instance took the job */
  async findOverdue(): Promise<readonly string[]> {
    const rows = await run<{ hold: string }>(this.connections, FIND_OVERDUE_HOLDS, { seconds: OVERDUE_SECONDS });
    return rows.map(({ hold }) => hold);
  }

  /**
   * Frees the jobs, so that any instance can take them.
   *
   * @returns how many of the holds still existed
   */
  async free(holds: readonly string[]): Promise<number> {
    return (await run(this.connections, FREE_HOLDS, { holds })).length;
  }

  /** Cleans up after workers that have ended: deletes their finished jobs and frees the others. */
  async settle(poolId: string, finished: readonly string[]): Promise<void> {
    await run(this.connections, SETTLE_JOBS, { poolId, finished });
  }

  /** Deletes jobs that will not be tried again, because the instance died in the last attempt. */
  removeExhausted(): Promise<readonly { readonly id: string; readonly task: string }[]> {
    return run(this.connections, REMOVE_EXHAUSTED_JOBS);
  }
}
