import { Logger } from '@nestjs/common';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#testing';
import { AbandonedJobsRepository } from './abandoned-jobs.repository.js';
import { addJob } from './add-job.repository.js';
import { JobUpkeep } from './job-upkeep.js';

describe('The upkeep of jobs', () => {
  let database: TestDatabase;
  let source: DataSource;
  let connections: Pool;
  let upkeep: JobUpkeep;
  const logger = new Logger('test');
  const failed = vi.spyOn(logger, 'error').mockReturnValue();
  vi.spyOn(logger, 'warn').mockReturnValue();
  vi.spyOn(logger, 'debug').mockReturnValue();

  beforeAll(async () => {
    database = await createTestDatabase();
    source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    connections = new Pool({ connectionString: database.url, max: 1 });
  });
  afterAll(async () => {
    await connections.end();
    await source.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    failed.mockClear();
    upkeep = new JobUpkeep(new AbandonedJobsRepository(connections), logger);
    await source.query(`SELECT graphile_worker.force_unlock_workers(ARRAY['dead', 'alive'])`);
    await source.query(`SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs))`);
  });

  /** A job that a worker holds, since some seconds. */
  const held = async (worker: string, seconds: number, attempts = 1): Promise<void> => {
    await addJob(source, 'mail', {}, { key: worker });
    await hold(worker, seconds, attempts);
  };
  const hold = async (worker: string, seconds: number, attempts = 1): Promise<void> => {
    await source.query(
      `UPDATE graphile_worker._private_jobs SET locked_by = $1, locked_at = now() - make_interval(secs => $2), attempts = $3
       WHERE key = $1`,
      [worker, seconds, attempts],
    );
  };
  const holders = async (): Promise<unknown[]> => {
    const rows = await source.query<{ worker: unknown }[]>(
      `SELECT locked_by AS worker FROM graphile_worker.jobs ORDER BY 1`,
    );
    return rows.map(({ worker }) => worker);
  };

  it('takes a job from a worker that holds it for longer than an attempt takes, in the second round', async () => {
    await held('dead', 121);
    await held('alive', 60);
    await upkeep.run();
    expect(await holders()).toEqual(['alive', 'dead']);
    await upkeep.run();
    expect(await holders()).toEqual(['alive', null]);
  });

  it('leaves a job to a worker that took it up again between the rounds', async () => {
    await held('dead', 600);
    await upkeep.run();
    await hold('dead', 121);
    await upkeep.run();
    expect(await holders()).toEqual(['dead']);
  });

  it('takes away what was lost in the last attempt, and says so', async () => {
    await held('dead', 600, 25);
    await upkeep.run();
    await upkeep.run();
    expect(await holders()).toEqual([]);
    expect(failed.mock.calls).toEqual([[expect.objectContaining({ event: 'job.failed', task: 'mail' })]]);
  });

  it('survives a database that is away', async () => {
    const away = new Pool({ connectionString: 'postgres://127.0.0.1:1/none' });
    await expect(new JobUpkeep(new AbandonedJobsRepository(away), logger).run()).resolves.toBeUndefined();
    await away.end();
  });
});
