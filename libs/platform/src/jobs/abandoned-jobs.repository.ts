import type { Pool } from 'pg';

/** A worker's hold on a job. */
export interface Hold {
  /** The job, and since when it is held. */
  readonly id: string;
  readonly worker: string;
}

/** Longer than any attempt takes. */
const OVERDUE_SECONDS = 120;

/** Jobs that nobody works at: their worker died. The library itself would look at them after four hours. */
export class AbandonedJobsRepository {
  constructor(private readonly connections: Pool) {}

  async findOverdue(): Promise<readonly Hold[]> {
    const { rows } = await this.connections.query<Hold>(
      `SELECT id || '@' || locked_at AS id, locked_by AS worker FROM graphile_worker.jobs
       WHERE locked_at < now() - make_interval(secs => $1)`,
      [OVERDUE_SECONDS],
    );
    return rows;
  }

  /** Whoever comes first does the workers' jobs. */
  async takeFrom(workers: readonly string[]): Promise<void> {
    await this.connections.query(`SELECT graphile_worker.force_unlock_workers($1)`, [workers]);
  }

  /** After workers that could not record what they did: their finished jobs are gone, the others wait for anybody. */
  async settle(worker: string, finished: readonly string[]): Promise<void> {
    const connection = await this.connections.connect();
    try {
      await connection.query('BEGIN');
      await connection.query(`SELECT graphile_worker.force_unlock_workers(ARRAY[$1])`, [worker]);
      await connection.query(`SELECT graphile_worker.complete_jobs($1)`, [finished]);
      await connection.query('COMMIT');
      connection.release();
    } catch (error) {
      connection.release(true);
      throw error;
    }
  }

  /** Takes jobs away that will never be tried again: the worker died in the last attempt. */
  async removeExhausted(): Promise<readonly { readonly id: string; readonly task: string }[]> {
    const { rows } = await this.connections.query<{ id: string; task: string }>(
      `WITH exhausted AS MATERIALIZED (
         SELECT id, task_identifier AS task FROM graphile_worker.jobs
         WHERE attempts >= max_attempts AND locked_at IS NULL
       )
       SELECT id, task FROM exhausted
       JOIN graphile_worker.complete_jobs(ARRAY(SELECT id FROM exhausted)) removed USING (id)`,
    );
    return rows;
  }
}
