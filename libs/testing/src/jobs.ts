import type { DataSource } from 'typeorm';
import { vi } from 'vitest';

/** Resolves when each job is done or waits for its next attempt. Jobs whose first attempt is delayed are waited for. */
export async function jobsDone(source: DataSource): Promise<void> {
  const due = `SELECT task_identifier, attempts, last_error FROM graphile_worker.jobs
    WHERE locked_at IS NOT NULL OR (attempts < max_attempts AND run_at <= now() + CASE attempts WHEN 0 THEN interval '1 second' ELSE '0' END)`;
  const isDone = async (): Promise<boolean> => {
    if ((await source.query<unknown[]>(due)).length === 0) return true;
    await source.query(`SELECT pg_notify('jobs:insert', '{"count": 9}')`);
    return false;
  };
  await vi.waitUntil(isDone, { timeout: 20_000, interval: 20 });
}

/** Makes the next attempt of every job due, and notifies the workers. */
export async function retryJobs(source: DataSource): Promise<void> {
  await source.query(`SELECT graphile_worker.reschedule_jobs(ARRAY(SELECT id FROM graphile_worker.jobs), now())`);
  await source.query(`SELECT pg_notify('jobs:insert', '{"count": 9}')`);
}
