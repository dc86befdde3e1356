import type { DataSource } from 'typeorm';
import { vi } from 'vitest';

/** Resolves when no job is due: each is done, or waits for its next attempt. */
export async function jobsDone(source: DataSource): Promise<void> {
  const due = `SELECT task_identifier, attempts, last_error FROM graphile_worker.jobs
    WHERE locked_at IS NOT NULL OR (run_at <= now() AND attempts < max_attempts)`;
  await vi.waitUntil(async () => (await source.query<unknown[]>(due)).length === 0, { timeout: 20_000, interval: 20 });
}

/** Makes the next attempt at every job due, and has the workers look at once. */
export async function retryJobs(source: DataSource): Promise<void> {
  await source.query(`SELECT graphile_worker.reschedule_jobs(ARRAY(SELECT id FROM graphile_worker.jobs), now())`);
  await source.query(`SELECT pg_notify('jobs:insert', '{"count": 9}')`);
}
