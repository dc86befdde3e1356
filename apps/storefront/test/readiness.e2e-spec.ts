import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiClient, createEmptyDatabase, createTestDatabase, testSettings, type TestDatabase } from '#testing';
import { createStorefront } from '../src/storefront.js';

const NO_MAILS = 'smtp://127.0.0.1:1';

/** A storefront and the lines that it logs. */
async function startOn(databaseUrl: string) {
  const lines: Record<string, unknown>[] = [];
  const logger = pino(
    { formatters: { level: (level) => ({ level }) } },
    { write: (line: string) => lines.push(JSON.parse(line)) },
  );
  const app = await createStorefront(testSettings({ databaseUrl, smtpUrl: NO_MAILS }), { logger });
  await app.listen(0, '127.0.0.1');
  return { app, api: new ApiClient(await app.getUrl()), lines };
}

/** Lines of problems; those of Nest's own start have no event. */
const problems = (lines: readonly Record<string, unknown>[]) =>
  lines.filter(({ level, event }) => event !== undefined && level !== 'info' && level !== 'debug');

describe('A storefront on a database that was never migrated', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let api: ApiClient;
  let lines: Record<string, unknown>[];

  beforeAll(async () => {
    database = await createEmptyDatabase();
    ({ app, api, lines } = await startOn(database.url));
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('says that migrations are pending, in one line each, and answers 503 without a stack', async () => {
    await vi.waitUntil(() => problems(lines).length > 0, { timeout: 10_000 });
    for (let n = 0; n < 3; n += 1) {
      expect((await api.get('/health/ready')).json.reason).toBe('migrations are pending');
    }
    const answer = await api.post('/access-tokens', { username: 'ada@customers.example', password: 'x' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    const reason = 'migrations are pending';
    expect(problems(lines)).toEqual([
      expect.objectContaining({ event: 'jobs.waiting', reason, code: '42P01' }),
      expect.objectContaining({ event: 'health.not_ready', reason, code: '42P01' }),
      expect.objectContaining({ event: 'request.failed', status: 503, reason, cause: '42P01' }),
    ]);
    expect(JSON.stringify(problems(lines))).not.toContain('stack');
  });
});

describe('A storefront whose login', () => {
  let database: TestDatabase;
  let owner: DataSource;
  let app: NestFastifyApplication;
  let api: ApiClient;
  let lines: Record<string, unknown>[];
  const role = `apps_${randomBytes(4).toString('hex')}`;

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD 'apps' IN ROLE pg_read_all_data, pg_write_all_data`);
    const url = Object.assign(new URL(database.url), { username: role, password: 'apps' }).toString();
    ({ app, api, lines } = await startOn(url));
  });
  afterAll(async () => {
    await app.close();
    await owner.query(`DROP ROLE ${role}`);
    await owner.destroy();
    await database.drop();
  });

  const ready = async (): Promise<unknown> => {
    await owner.query(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = '${role}'`);
    const { json } = await api.get('/health/ready');
    return json.reason ?? json.status;
  };

  it.each([
    [
      'has no more connections',
      'CONNECTION LIMIT 0',
      'CONNECTION LIMIT -1',
      'too many connections to the database, or it is short of memory or disk',
    ],
    ['got another password', `PASSWORD 'other'`, `PASSWORD 'apps'`, 'the database refuses the login'],
  ])('%s says so, and goes on when that is mended', async (_what, broken, mended, reason) => {
    lines.length = 0;
    await owner.query(`ALTER ROLE ${role} ${broken}`);
    expect([await ready(), await ready()]).toEqual([reason, reason]);
    const answer = await api.post('/access-tokens', { username: 'ada@customers.example', password: 'x' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    await owner.query(`ALTER ROLE ${role} ${mended}`);
    expect(await ready()).toBe('ok');
    const told = lines.filter(
      ({ event }) => /^(health|request)\./.test(String(event)) && event !== 'request.completed',
    );
    expect(told.map(({ event }) => event)).toEqual(['health.not_ready', 'request.failed', 'health.ready']);
    expect(JSON.stringify(told)).not.toContain('stack');
  });
});
