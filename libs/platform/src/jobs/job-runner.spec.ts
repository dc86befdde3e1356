import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, jobsDone, retryJobs, type TestDatabase } from '#testing';
import { addJob } from './add-job.js';
import { JobRunner } from './job-runner.js';
import { KNOWN_SCHEMA } from './jobs-schema.js';
import { migrateJobs } from './migrate-jobs.js';

const ADDRESS = 'ada@customers.example';
const PAYLOAD = { to: ADDRESS };

/** A mail server repeats the address in its answer. */
const refusal = (responseCode: number): Error =>
  Object.assign(new Error(`${responseCode} no mailbox ${ADDRESS}`), { code: 'EENVELOPE', responseCode });

describe('Jobs', () => {
  let database: TestDatabase;
  let source: DataSource;
  let runners: JobRunner[];
  let done: { payload: unknown; reference: string }[];
  let outcomes: (Error | undefined)[];
  const warned = vi.spyOn(Logger.prototype, 'warn');
  const failed = vi.spyOn(Logger.prototype, 'error');
  const debugged = vi.spyOn(Logger.prototype, 'debug');
  const asked = vi.spyOn(Pool.prototype, 'query');

  beforeAll(async () => {
    database = await createTestDatabase();
    source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  });
  afterAll(async () => {
    for (const spy of [warned, failed, debugged, asked]) spy.mockRestore();
    await source.destroy();
    await database.drop();
  });
  beforeEach(() => {
    for (const spy of [warned, failed, debugged]) spy.mockReset().mockReturnValue();
    asked.mockClear();
    [runners, done, outcomes] = [[], [], []];
  });
  afterEach(async () => {
    vi.useRealTimers();
    await Promise.all(runners.map(stop));
    await source.query(`SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs))`);
  });

  /** Starts to do jobs; each attempt has the next of `outcomes`, and succeeds without one. */
  const start = (task = 'mail', run?: () => Promise<void>, shutdownMs?: number, url = database.url): JobRunner => {
    const runner = new JobRunner(url, shutdownMs);
    const record = async (payload: unknown, reference: string): Promise<void> => {
      done.push({ payload, reference });
      const outcome = outcomes.shift();
      if (outcome) throw outcome;
    };
    runner.register({ task, run: run ?? record });
    runner.onApplicationBootstrap();
    runners.push(runner);
    return runner;
  };
  const stop = async (runner: JobRunner): Promise<void> => {
    runners = runners.filter((one) => one !== runner);
    await runner.beforeApplicationShutdown();
  };
  const jobs = (): Promise<Record<string, unknown>[]> => source.query(`SELECT * FROM graphile_worker.jobs`);
  /** The workers were started so often, or were about to be; they ended in between. */
  const untilStarted = (times: number): Promise<boolean> => {
    const looks = (): number =>
      asked.mock.calls.filter(([query]) => JSON.stringify(query).includes('FROM graphile_worker.migrations')).length;
    return vi.waitUntil(() => looks() >= times, { timeout: 15_000 });
  };
  const events = (lines: typeof warned): unknown[] => lines.mock.calls.map(([line]) => line);

  it('are done when their transaction is committed, and are gone with one that is rolled back', async () => {
    start();
    await source.transaction(async (manager) => {
      await addJob(manager, 'mail', PAYLOAD);
      expect(await jobs()).toEqual([]);
    });
    const undone = source.transaction(async (manager) => {
      await addJob(manager, 'mail', { to: 'nobody' });
      throw new Error('something else failed');
    });
    await expect(undone).rejects.toThrow('something else failed');
    await vi.waitUntil(() => done.length > 0);
    await jobsDone(source);
    expect(done.map(({ payload }) => payload)).toEqual([PAYLOAD]);
    expect(await jobs()).toEqual([]);
  });

  it('are done once, by any number of instances', async () => {
    for (let n = 0; n < 3; n += 1) start();
    await Promise.all(Array.from({ length: 60 }, (_, n) => addJob(source, 'mail', { n })));
    await jobsDone(source);
    expect(new Set(done.map(({ reference }) => reference)).size).toBe(60);
    expect(done).toHaveLength(60);
  });

  it('of a task without a handler wait for an application that has one', async () => {
    start('other');
    await addJob(source, 'mail', PAYLOAD);
    await addJob(source, 'other', PAYLOAD);
    await vi.waitUntil(() => done.length > 0);
    expect((await jobs()).map((row) => row['attempts'])).toContain(0);
    start();
    await jobsDone(source);
    expect(done).toHaveLength(2);
  });

  it('are tried again with growing pauses, under the same reference, and tell nothing of what they carry', async () => {
    outcomes = [refusal(451), Object.assign(new Error(`connect ${ADDRESS}`), { code: 'ECONNECTION' })];
    start();
    await addJob(source, 'mail', PAYLOAD);
    await jobsDone(source);
    const [first] = await jobs();
    expect([first!['attempts'], first!['last_error']]).toEqual([1, 'Error EENVELOPE 451']);
    const pause = (row: Record<string, unknown>): number => Number(row['run_at']) - Date.now();
    expect(pause(first!)).toBeGreaterThan(0);
    await retryJobs(source);
    await vi.waitUntil(() => done.length === 2);
    await jobsDone(source);
    const [second] = await jobs();
    expect(pause(second!)).toBeGreaterThan(pause(first!));
    await retryJobs(source);
    await jobsDone(source);
    expect(await jobs()).toEqual([]);
    expect(done).toHaveLength(3);
    expect(new Set(done.map(({ reference }) => reference)).size).toBe(1);
    const id = first!['id'];
    expect(events(warned)).toEqual([
      {
        event: 'job.postponed',
        task: 'mail',
        job: id,
        attempt: 1,
        error: 'Error',
        code: 'EENVELOPE',
        responseCode: 451,
      },
      { event: 'job.postponed', task: 'mail', job: id, attempt: 2, error: 'Error', code: 'ECONNECTION' },
    ]);
    expect(JSON.stringify([warned.mock.calls, failed.mock.calls])).not.toContain(ADDRESS);
  });

  it.each([
    ['at once when the mail server refuses the mail for good', refusal(550), 25, 1],
    ['after the last attempt', refusal(451), 2, 2],
  ])('are given up %s: told once as an error, and gone', async (_when, error, maxAttempts, attempts) => {
    outcomes = [error, error];
    start();
    await addJob(source, 'mail', PAYLOAD, { maxAttempts });
    for (let n = 1; n <= attempts; n += 1) {
      await retryJobs(source);
      await vi.waitUntil(() => done.length === n);
      await jobsDone(source);
    }
    expect(await jobs()).toEqual([]);
    expect(events(failed)).toEqual([
      expect.objectContaining({ event: 'job.failed', task: 'mail', job: expect.any(String), attempt: attempts }),
    ]);
    expect(JSON.stringify(failed.mock.calls)).not.toContain(ADDRESS);
  });

  it('are not given up because of wrong credentials, which are no fault of the mail', async () => {
    outcomes = [refusal(535)];
    start();
    await addJob(source, 'mail', PAYLOAD);
    await jobsDone(source);
    expect((await jobs()).map((row) => row['last_error'])).toEqual(['Error EENVELOPE 535']);
  });

  it('replace one of the same key that still waits', async () => {
    for (const n of [0, 2, 1]) await addJob(source, 'mail', { n }, { key: `k${n % 2}` });
    start();
    await vi.waitUntil(() => done.length === 2);
    expect(done.map(({ payload }) => payload)).toEqual([{ n: 2 }, { n: 1 }]);
  });

  describe('of a pool', () => {
    const add = (client: string, key?: string, pool = 'public'): Promise<boolean> => {
      const share = { pool, client, mostWaiting: 5, mostWaitingOfOne: 3 };
      return addJob(source, 'mail', { client, key }, { priority: 10, ...(key && { key }), share });
    };
    const inOrder = async (): Promise<string[]> =>
      (await source.query<{ key: string }[]>(`SELECT key FROM graphile_worker.jobs ORDER BY priority, id`)).map(
        ({ key }) => key.split(':')[1]!,
      );

    it('let clients take turns', async () => {
      for (const client of ['a', 'a', 'a', 'b', 'b']) await add(client);
      expect(await inOrder()).toEqual(['a', 'b', 'a', 'b', 'a']);
    });

    it('are refused when too many of one client wait, or of all', async () => {
      expect([await add('a'), await add('a'), await add('a'), await add('a')]).toEqual([true, true, true, false]);
      expect([await add('b'), await add('c'), await add('d')]).toEqual([true, true, false]);
      expect(await add('a', undefined, 'other')).toBe(true);
    });

    it('replace one of the same key of the same client, and of nobody else', async () => {
      await add('a', 'ada@x.example');
      await add('b', 'ada@x.example');
      await add('a', 'ada@x.example');
      expect((await inOrder()).toSorted()).toEqual(['a', 'b']);
    });
  });

  it('begin at a random moment within their delay', async () => {
    for (let n = 0; n < 20; n += 1) await addJob(source, 'mail', { n }, { delayMs: 60_000 });
    const [row] = await source.query<Record<string, number>[]>(
      `SELECT max(extract(epoch FROM run_at - created_at))::float AS latest, count(DISTINCT run_at)::int AS moments
       FROM graphile_worker.jobs`,
    );
    expect(row!['moments']).toBe(20);
    expect(row!['latest']).toBeGreaterThan(10);
    expect(row!['latest']).toBeLessThan(60);
  });

  it('that are under way are done before the application stops; others wait for the next one', async () => {
    let finish = (): void => undefined;
    const gate = new Promise<void>((resolve) => (finish = resolve));
    let begun = 0;
    const runner = start('mail', async () => {
      begun += 1;
      await gate;
    });
    await Promise.all(Array.from({ length: 5 }, (_, n) => addJob(source, 'mail', { n })));
    await vi.waitUntil(() => begun === 3);
    const stopped = stop(runner);
    finish();
    await stopped;
    expect((await jobs()).map((row) => [row['attempts'], row['locked_at']])).toEqual([
      [0, null],
      [0, null],
    ]);
    start();
    await jobsDone(source);
    expect(done).toHaveLength(2);
  });

  const cutConnections = (): Promise<unknown> =>
    source.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'sallyport-jobs' AND datname = current_database()`,
    );

  it('go on when the connections to the database were lost', async () => {
    start();
    await addJob(source, 'mail', PAYLOAD);
    await vi.waitUntil(() => done.length === 1);
    await cutConnections();
    await addJob(source, 'mail', PAYLOAD);
    await vi.waitUntil(() => done.length === 2, { timeout: 10_000 });
  });

  it('go on when the network fails while connections are in use, and no server says goodbye', async () => {
    const sockets: Socket[] = [];
    const { hostname, port } = new URL(database.url);
    const network = createServer((socket) => {
      const server = connect(Number(port), hostname);
      sockets.push(socket, server);
      for (const end of [socket, server]) end.on('error', () => undefined);
      socket.pipe(server).pipe(socket);
    });
    await new Promise<void>((resolve) => network.listen(0, hostname, resolve));
    const url = Object.assign(new URL(database.url), { port: (network.address() as AddressInfo).port }).toString();
    const runner = start('mail', undefined, undefined, url);
    await addJob(source, 'mail', PAYLOAD);
    await vi.waitUntil(() => done.length === 1);
    await source.transaction(async (manager) => {
      await manager.query('LOCK TABLE graphile_worker._private_jobs IN ACCESS EXCLUSIVE MODE');
      const blocked = `SELECT FROM pg_stat_activity WHERE application_name = 'sallyport-jobs'
        AND datname = current_database() AND wait_event_type = 'Lock'`;
      await vi.waitUntil(async () => (await source.query<unknown[]>(blocked)).length > 0, { timeout: 10_000 });
      for (const socket of sockets) socket.destroy();
    });
    await addJob(source, 'mail', PAYLOAD);
    await vi.waitUntil(() => done.length === 2, { timeout: 10_000 });
    await stop(runner);
    network.close();
  });

  it.each([
    ['are not done again', 'done', 1],
    ['are tried again', 'failed', 2],
  ])('%s when the database was away for a moment as they were %s', async (_what, end, attempts) => {
    let runs = 0;
    start('mail', async () => {
      runs += 1;
      if (runs > 1) return;
      await source.query(`ALTER TABLE graphile_worker._private_jobs RENAME TO jobs_away`);
      if (end === 'failed') throw new Error('failed');
    });
    await addJob(source, 'mail', PAYLOAD);
    await untilStarted(2);
    await source.query(`ALTER TABLE graphile_worker.jobs_away RENAME TO _private_jobs`);
    await jobsDone(source);
    expect([runs, await jobs()]).toEqual([attempts, []]);
  });

  it('are gone also when the database refused that at first, and the application stops', async () => {
    await source.query(`
      CREATE SEQUENCE refusal;
      CREATE FUNCTION refuse_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('refusal') = 1 THEN RAISE 'not now'; END IF;
        RETURN OLD;
      END $$;
      CREATE TRIGGER refuse_once BEFORE DELETE ON graphile_worker._private_jobs
      FOR EACH ROW EXECUTE FUNCTION refuse_once()`);
    let stopped: Promise<void> | undefined;
    const runner = start('mail', async () => {
      stopped = stop(runner);
    });
    await addJob(source, 'mail', PAYLOAD);
    await vi.waitUntil(() => stopped !== undefined);
    await stopped;
    expect(await jobs()).toEqual([]);
    expect(await source.query(`SELECT last_value FROM refusal`)).toEqual([{ last_value: '2' }]);
    await source.query(`DROP FUNCTION refuse_once CASCADE; DROP SEQUENCE refusal`);
  });

  it('of an instance that died are done by another one, at its next look after the jobs', async () => {
    await addJob(source, 'mail', PAYLOAD);
    await source.query(
      `UPDATE graphile_worker._private_jobs SET locked_by = 'dead', locked_at = now() - interval '3 minutes'`,
    );
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    start();
    const isDone = (): boolean => {
      vi.advanceTimersByTime(60_000);
      return done.length === 1;
    };
    await vi.waitUntil(isDone, { timeout: 10_000 });
    await jobsDone(source);
    expect(events(warned)).toEqual([{ event: 'jobs.taken_over', jobs: 1 }]);
  });

  it('delay a stop for a while, and not for ever', async () => {
    const begun = vi.fn<() => Promise<void>>(() => new Promise(() => undefined));
    const runner = start('mail', begun, 50);
    await addJob(source, 'mail', PAYLOAD);
    await vi.waitUntil(() => begun.mock.calls.length > 0);
    await stop(runner);
    await source.query(
      `SELECT graphile_worker.force_unlock_workers(ARRAY(SELECT locked_by FROM graphile_worker.jobs))`,
    );
  });

  it('are not begun by an application that stops while it starts', async () => {
    const began = Date.now();
    await stop(start());
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  it.each([
    ['is there, which no application makes', 'DROP SCHEMA graphile_worker CASCADE', () => migrateJobs(database.url)],
    [
      'can be read',
      'ALTER TABLE graphile_worker._private_tasks RENAME TO away',
      () => source.query('ALTER TABLE graphile_worker.away RENAME TO _private_tasks'),
    ],
  ])('start when their schema %s', async (_when, takeAway, bringBack) => {
    await source.query(takeAway);
    const before = await source.query(`SELECT to_regnamespace('graphile_worker') AS name`);
    start();
    const waiting = { event: 'jobs.waiting', reason: 'migrations are pending', code: '42P01' };
    await untilStarted(3);
    expect([events(warned), events(failed)]).toEqual([[waiting], []]);
    expect(await source.query(`SELECT to_regnamespace('graphile_worker') AS name`)).toEqual(before);
    await bringBack();
    await addJob(source, 'mail', PAYLOAD);
    await vi.waitUntil(() => done.length === 1, { timeout: 10_000 });
  });

  describe('under a newer version of the library', () => {
    const migrate = (): Promise<unknown> =>
      source.query(`INSERT INTO graphile_worker.migrations (id, breaking) VALUES ($1, true)`, [KNOWN_SCHEMA + 1]);
    const listeners = (): Promise<unknown[]> =>
      source.query(
        `SELECT pid FROM pg_stat_activity WHERE application_name = 'sallyport-jobs' AND datname = current_database()
           AND query LIKE 'LISTEN%'`,
      );
    const isTold = (): boolean => JSON.stringify(events(failed)).includes('jobs.schema_too_new');
    afterEach(() => source.query(`DELETE FROM graphile_worker.migrations WHERE id > $1`, [KNOWN_SCHEMA]));

    it('are left to it, by an instance that starts, and by one that runs', async () => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      start();
      await addJob(source, 'mail', PAYLOAD);
      await vi.waitUntil(() => done.length === 1);
      expect([vi.getTimerCount(), await listeners()]).toEqual([1, [expect.anything()]]);
      await migrate();
      await source.query(`SELECT pg_notify('worker:migrate', '{"breaking": true}')`);
      await vi.waitUntil(isTold, { timeout: 10_000 });
      process.exitCode = undefined; // the library's own
      failed.mockClear();
      start();
      await vi.waitUntil(isTold);
      expect(vi.getTimerCount()).toBe(0);
      await addJob(source, 'mail', PAYLOAD);
      expect(await listeners()).toEqual([]);
    });

    it('are done when that is known to this program: the one that it has', async () => {
      const [{ id }] = await source.query<[{ id: number }]>(`SELECT max(id) AS id FROM graphile_worker.migrations`);
      expect(id).toBe(KNOWN_SCHEMA);
    });
  });

  it('have one handler a task', () => {
    const runner = start();
    expect(() => runner.register({ task: 'mail', run: () => Promise.resolve() })).toThrow('two handlers');
  });
});
