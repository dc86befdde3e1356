import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, createCustomer, outcome, PASSWORD, testSettings } from '#testing';
import { migrateJobs, startPostgres, type EmbeddedPostgres } from '#platform';
import { createStorefront } from '../src/storefront.js';

describe('12. The storefront without its database', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sallyport-storefront-outage-'));
  const port = 26_000 + (process.pid % 6_000); // below the ports of outgoing connections
  let postgres: EmbeddedPostgres;
  let app: NestFastifyApplication;
  let api: ApiClient;
  let source: DataSource;

  beforeAll(async () => {
    postgres = await startPostgres({ dataDir, port });
    app = await createStorefront(testSettings({ databaseUrl: postgres.url, smtpUrl: 'smtp://127.0.0.1:1' }));
    await app.listen(0, '127.0.0.1');
    api = new ApiClient(await app.getUrl());
    source = app.get<DataSource>(getDataSourceToken());
  });
  afterAll(async () => {
    await app.close();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is alive but not ready before the migrations ran, and ready after', async () => {
    const ready = await api.get('/health/ready');
    expect([ready.status, ready.json.status]).toEqual([503, 'unavailable']);
    expect((await api.get('/health')).status).toBe(200);
    await source.runMigrations();
    expect((await api.get('/health/ready')).json.reason).toBe('migrations are pending');
    await migrateJobs(postgres.url);
    expect((await api.get('/health/ready')).json).toMatchObject({ status: 'ok' });
  });

  it('answers 503 with a clear text and the request id, lets nobody pass, and goes on when it is back', async () => {
    const { email, customerReference } = await createCustomer(source);
    const login = () => api.post('/access-tokens', { username: email, password: PASSWORD });
    const token = (await login()).json.data.attributes.accessToken;
    await postgres.stop();
    const refused = [
      await login(),
      await api.get('/multi-factor-auth-types', { token }),
      await api.patch(`/customer-password/${customerReference}`, {}, { token, code: '123456' }),
    ];
    for (const answer of refused) {
      expect(answer.json).toEqual({
        errors: [
          {
            status: 503,
            detail: 'Service temporarily unavailable. Please try again.',
            meta: { requestId: answer.headers.get('x-request-id') },
          },
        ],
      });
    }
    expect((await api.get('/health/ready')).json.reason).toBe('the database cannot be reached');
    expect((await api.get('/health')).status).toBe(200);
    postgres = await startPostgres({ dataDir, port });
    expect(outcome(await api.get('/multi-factor-auth-types', { token }))).toBe('200');
  });
});
