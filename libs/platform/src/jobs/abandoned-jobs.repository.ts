import type { Pool } from 'pg';

/** Longer than an attempt takes: 15 s for a statement, 5 s for a connection, 10 s for a mail. */
const OVERDUE_SECONDS = 120;

/**
 * Jobs that nobody works at. The library itself would look at them after four hours; its `force_unlock_workers` frees all
 * jobs of an instance, those that it has just begun included.
 */
export class AbandonedJobsRepository {
  constructor(private readonly connections: Pool) {}

  /** @returns holds: the job, and since when an instance has it */
  async findOverdue(): Promise<readonly string[]> {
    const { rows } = await this.connections.query<{ hold: string }>(
      `SELECT id || '@' || locked_at AS hold FROM graphile_worker._private_jobs
       WHERE locked_at < now() - make_interval(secs => $1)`,
      [OVERDUE_SECONDS],
    );
    return rows.map(({ hold }) => hold);
  }

  /**
   * Whoever comes first does these jobs.
   *
   * @returns how many holds there still were
   */
  async free(holds: readonly string[]): Promise<number> {
    const { rowCount } = await this.connections.query(
      `UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL
       WHERE locked_at IS NOT NULL AND id || '@' || locked_at = ANY($1)`,
      [holds],
    );
    return rowCount ?? 0;
  }

  /** After workers that ended: their finished jobs are gone, the others wait for anybody. */
  async settle(poolId: string, finished: readonly string[]): Promise<void> {
    await this.connections.query(
      `WITH done AS (DELETE FROM graphile_worker._private_jobs WHERE id = ANY($2::bigint[]))
       UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL
       WHERE locked_by = $1 AND id <> ALL($2::bigint[])`,
      [poolId, finished],
    );
  }

  /** Takes jobs away that will never be tried again: the instance died in the last attempt. */
  async removeExhausted(): Promise<readonly { readonly id: string; readonly task: string }[]> {
    const { rows } = await this.connections.query<{ id: string; task: string }>(
      `DELETE FROM graphile_worker._private_jobs job USING graphile_worker._private_tasks task
       WHERE task.id = job.task_id AND job.attempts >= job.max_attempts AND job.locked_at IS NULL
       RETURNING job.id, task.identifier AS task`,
    );
    return rows;
  }
}
