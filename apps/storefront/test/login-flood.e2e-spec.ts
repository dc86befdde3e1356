import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hashPassword } from '#auth';
import { requestContext } from '#platform';
import { createCustomer, PASSWORD, startTestApp, testSettings, ApiClient, type TestApp } from '#testing';
import { createStorefront } from '../src/storefront.js';

const TRUSTED = { TRUSTED_PROXIES: '127.0.0.1' };

describe('A flood of logins', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(createStorefront, { ...TRUSTED, LOGIN_FAILURE_LIMIT: '1' });
  });
  afterAll(() => app.stop());

  const login = async (from: string, username: string, password = PASSWORD, api = app.api): Promise<number> => {
    const headers = { 'x-forwarded-for': from };
    return (await api.post('/access-tokens', { username, password }, { headers })).status;
  };
  const failures = async (): Promise<number> => {
    const [{ sum }] = await app.dataSource.query<[{ sum: number }]>(
      `SELECT coalesce(sum(failure_count), 0)::int AS sum FROM login_failure`,
    );
    return sum;
  };

  /** Keeps more passwords waiting than one client may have, as long as the work lasts. */
  const flooded = async <Result>(address: string, work: () => Promise<Result>): Promise<Result> => {
    const over = new AbortController();
    const hashAgain = async (): Promise<void> => {
      while (!over.signal.aborted) await hashPassword('x').catch(() => new Promise(setImmediate));
    };
    const client = { address, network: address };
    const flood = requestContext.run({ requestId: 'flood', client }, () => Array.from({ length: 130 }, hashAgain));
    try {
      return await work();
    } finally {
      over.abort();
      await Promise.all(flood);
    }
  };

  it('from one address leaves the right logins of others answered', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => createCustomer(app.dataSource)));
    const statuses = await flooded('192.0.2.1', () =>
      Promise.all(people.map(({ email }, n) => login(`198.51.100.${n}`, email))),
    );
    expect(statuses).toEqual(Array(20).fill(201));
  });

  it('refuses that address with 503, which counts as no failed login', async () => {
    const { email } = await createCustomer(app.dataSource);
    const refusal = await flooded('192.0.2.2', async () => {
      for (;;) {
        const status = await login('192.0.2.2', email);
        if (status !== 201) return status;
      }
    });
    expect(refusal).toBe(503);
    expect(await login('192.0.2.2', email)).toBe(201);
  });

  it('that meets an error of the program counts as no failed login, and one with a wrong password does', async () => {
    const { email } = await createCustomer(app.dataSource);
    await app.dataSource.query(`ALTER TABLE customer RENAME COLUMN password_hash TO gone`);
    expect(await login('192.0.2.3', email)).toBe(500);
    await app.dataSource.query(`ALTER TABLE customer RENAME COLUMN gone TO password_hash`);
    expect(await login('192.0.2.3', email)).toBe(201);
    expect(await login('192.0.2.3', email, 'wrong')).toBe(401);
    expect(await login('192.0.2.3', email)).toBe(429);
  });

  it('that is cut by a stop of the program counts as no failed login', async () => {
    const { databaseUrl, smtpUrl } = app.settings;
    const stopped: NestFastifyApplication = await createStorefront(testSettings({ databaseUrl, smtpUrl }, TRUSTED));
    await stopped.listen(0, '127.0.0.1');
    const api = new ApiClient(await stopped.getUrl());
    const people = await Promise.all(Array.from({ length: 60 }, () => createCustomer(app.dataSource)));
    const before = await failures();
    const cut = people.map(({ email }, n) => login(`198.51.100.${n}`, email, PASSWORD, api).catch(() => 0));
    await vi.waitUntil(async () => (await failures()) - before >= 10, { timeout: 10_000, interval: 1 });
    await stopped.close();
    const statuses = await Promise.all(cut);
    expect(statuses.filter((status) => status !== 201)).not.toEqual([]);
    expect(await failures()).toBe(before);
  });
});
