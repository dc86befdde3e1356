import { Logger } from '@nestjs/common';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#testing';
import { AbandonedJobs } from './abandoned-jobs.js';
import { addJob } from './add-job.js';
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
    upkeep = new JobUpkeep(new AbandonedJobs(connections), logger, () => undefined);
    await source.query(`SELECT graphile_worker.force_unlock_workers(ARRAY['pool'])`);
    await source.query(`SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs))`);
  });

  /** A job that an instance holds, since some seconds. */
  const held = async (key: string, seconds: number, attempts = 1): Promise<void> => {
    await addJob(source, 'mail', {}, { key });
    await hold(key, seconds, attempts);
  };
  const hold = async (key: string, seconds: number, attempts = 1): Promise<void> => {
    await source.query(
      `UPDATE graphile_worker._private_jobs SET locked_by = 'pool', locked_at = now() - make_interval(secs => $2),
         attempts = $3
       WHERE key = $1`,
      [key, seconds, attempts],
    );
  };
  /** The jobs that are held, by their keys. */
  const holds = async (): Promise<unknown[]> => {
    const rows = await source.query<{ key: unknown }[]>(
      `SELECT key FROM graphile_worker.jobs WHERE locked_by IS NOT NULL ORDER BY 1`,
    );
    return rows.map(({ key }) => key);
  };

  it('frees a job that is held for longer than an attempt takes in the second round, and no other of its holder', async () => {
    await held('overdue', 121);
    await held('fresh', 60);
    await upkeep.run();
    expect(await holds()).toEqual(['fresh', 'overdue']);
    await upkeep.run();
    expect(await holds()).toEqual(['fresh']);
  });

  it('leaves a job to who took it up again between the rounds', async () => {
    await held('overdue', 600);
    await upkeep.run();
    await hold('overdue', 121);
    await upkeep.run();
    expect(await holds()).toEqual(['overdue']);
  });

  it('takes away what was lost in the last attempt, and says so', async () => {
    await held('overdue', 600, 25);
    await upkeep.run();
    await upkeep.run();
    expect(await source.query(`SELECT FROM graphile_worker.jobs`)).toEqual([]);
    expect(failed.mock.calls).toEqual([[expect.objectContaining({ event: 'job.failed', task: 'mail' })]]);
  });

  it('survives a database that is away, and says why', async () => {
    const away = new Pool({ connectionString: 'postgres://127.0.0.1:1/none' });
    const told: unknown[] = [];
    await new JobUpkeep(new AbandonedJobs(away), logger, (error) => told.push(error)).run();
    expect(told).toEqual([expect.objectContaining({ code: 'ECONNREFUSED' })]);
    await away.end();
  });
});
