import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addJob, Mailbox } from '#platform';
import {
  ApiClient,
  createCustomer,
  createTestDatabase,
  jobsDone,
  outcome,
  PASSWORD,
  retryJobs,
  testSettings,
  type TestDatabase,
} from '#testing';
import { Store } from '../src/catalogue/store.entity.js';
import { createStorefront } from '../src/storefront.js';

const NOBODY_LISTENS = 'smtp://127.0.0.1:1';

describe('Mails that no answer waits for', () => {
  let database: TestDatabase;
  let mailbox: Mailbox;
  let apps: NestFastifyApplication[];
  let source: DataSource;

  beforeEach(async () => {
    apps = [];
    database = await createTestDatabase();
    mailbox = await Mailbox.start({ host: '127.0.0.1', smtpPort: 0, webPort: 0 });
  });
  afterEach(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await mailbox.stop();
    await database.drop();
  });

  const start = async (smtpUrl: string): Promise<ApiClient> => {
    const app = await createStorefront(testSettings({ databaseUrl: database.url, smtpUrl }));
    await app.listen(0, '127.0.0.1');
    apps.push(app);
    source = app.get<DataSource>(getDataSourceToken());
    return new ApiClient(await app.getUrl());
  };
  const stopAll = async (): Promise<void> => {
    await Promise.all(apps.map((app) => app.close()));
    apps = [];
  };
  const openShop = async (): Promise<void> => {
    const prices = { currencies: ['EUR'], defaultCurrency: 'EUR', priceModes: ['GROSS_MODE'] };
    const place = { locales: ['en_US'], countries: [], orderReferencePrefix: 'DE--' };
    await source.manager.insert(Store, { name: 'DE', ...prices, ...place });
  };
  const register = async (api: ApiClient, email = 'nele@customers.example'): Promise<string> => {
    const person = { salutation: 'Ms', firstName: 'Nele', lastName: 'New', gender: 'Female', acceptedTerms: true };
    return outcome(await api.post('/customers', { ...person, email, password: PASSWORD, confirmPassword: PASSWORD }));
  };
  const jobs = (): Promise<{ task: string; payload: unknown; attempts: number }[]> =>
    source.query(
      `SELECT t.identifier AS task, j.payload, j.attempts FROM graphile_worker._private_jobs j
       JOIN graphile_worker._private_tasks t ON t.id = j.task_id ORDER BY j.id`,
    );
  const subjects = (): string[] => mailbox.mails.map(({ subject }) => subject).toSorted();

  it('wait for a mail server that is away, over a stop of the application, and are sent once by another one', async () => {
    const api = await start(NOBODY_LISTENS);
    await openShop();
    const { id, email } = await createCustomer(source);
    expect(await register(api)).toBe('201');
    expect(outcome(await api.post('/customer-forgotten-password', { email }))).toBe('204');
    await source.query(
      `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, method, actor_kind, actor_id)
       VALUES ('customer', $1, 'deactivated', now(), 'email', 'customer', $1)`,
      [id],
    );
    await jobsDone(source);
    expect((await jobs()).map(({ task, attempts }) => [task, attempts])).toEqual([
      ['confirmation-mail', 1],
      ['password-restore-mail', 1],
      ['notice', 1],
    ]);
    await stopAll();
    await start(mailbox.smtpUrl);
    await start(mailbox.smtpUrl);
    await retryJobs(source);
    await jobsDone(source);
    const all = [
      'Choose a new password',
      'Multi-factor authentication was switched off',
      'Please confirm your e-mail address',
    ];
    expect(subjects()).toEqual(all);
    await retryJobs(source);
    await jobsDone(source);
    expect(subjects()).toEqual(all);
    expect(await jobs()).toEqual([]);
  });

  describe('of a mail server that says "not now" for a while', () => {
    let server: SMTPServer;
    let isBusy: boolean;
    let received: string[];

    beforeEach(async () => {
      [isBusy, received] = [true, []];
      server = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS'],
        closeTimeout: 100,
        onMailFrom: (_address, _session, done) =>
          done(isBusy ? Object.assign(new Error('try again later'), { responseCode: 421 }) : null),
        onData: (stream, _session, done) => {
          let text = '';
          stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          stream.on('end', () => {
            received.push(/^Subject: (.*)$/m.exec(text)?.[1] ?? '');
            done();
          });
        },
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterEach(() => new Promise<void>((resolve) => server.close(resolve)));

    const startBeside = (): Promise<ApiClient> =>
      start(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`);
    const tryAgain = async (): Promise<void> => {
      await retryJobs(source);
      await jobsDone(source);
    };

    it('arrive when it is back, however often somebody has asked for a key meanwhile', async () => {
      const api = await startBeside();
      const { email } = await createCustomer(source);
      for (let n = 0; n < 7; n += 1) {
        expect((await api.post('/customer-forgotten-password', { email })).status).toBe(204);
        await jobsDone(source);
      }
      expect((await jobs()).map(({ task }) => task)).toEqual(['password-restore-mail']);
      isBusy = false;
      await tryAgain();
      expect([received, await jobs()]).toEqual([['Choose a new password'], []]);
    });

    it('arrive when it is back, of every kind, however often each was tried', async () => {
      const api = await startBeside();
      await openShop();
      const { id, email } = await createCustomer(source);
      await register(api);
      await api.post('/customer-forgotten-password', { email });
      await addJob(source, 'password-reset-mail', { accountId: id });
      await addJob(source, 'notice', { accountKind: 'customer', accountId: id, event: 'locked', at: new Date() });
      for (let n = 0; n < 6; n += 1) {
        await jobsDone(source);
        await tryAgain();
      }
      expect((await jobs()).map(({ attempts }) => attempts)).toEqual([7, 7, 7, 7]);
      isBusy = false;
      await tryAgain();
      expect(received.toSorted()).toEqual([
        'Choose a new password',
        'Multi-factor authentication of your account is locked',
        'Please confirm your e-mail address',
        'Your password was reset: choose a new one',
      ]);
      expect(await jobs()).toEqual([]);
    });

    it('wait for the next minute when an account was sent five keys, and are sent then', async () => {
      isBusy = false;
      const api = await startBeside();
      const { email } = await createCustomer(source);
      for (let n = 0; n < 6; n += 1) {
        await api.post('/customer-forgotten-password', { email });
        await jobsDone(source);
      }
      expect([received.length, (await jobs()).map(({ task }) => task)]).toEqual([5, ['password-restore-mail']]);
      await source.query(`UPDATE account_key SET sends_until = sends_until - interval '1 minute'`);
      await tryAgain();
      expect([received.length, await jobs()]).toEqual([6, []]);
    });
  });

  it('are not waited for: a mail server that hangs delays no answer', async () => {
    const sockets: Socket[] = [];
    const server: Server = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const api = await start(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await openShop();
    expect(await register(api)).toBe('201');
    await vi.waitUntil(() => sockets.length > 0, { timeout: 10_000 });
    expect(outcome(await api.post('/customer-forgotten-password', { email: 'nele@customers.example' }))).toBe('204');
    expect((await jobs()).map(({ attempts }) => attempts)).toContain(1);
    for (const socket of sockets) socket.destroy();
    server.close();
    await jobsDone(source);
    expect((await jobs())[0]).toMatchObject({ task: 'confirmation-mail', attempts: 1 });
  });

  it('hold no key while they wait, and of an address that was typed one request', async () => {
    const api = await start(NOBODY_LISTENS);
    await openShop();
    await register(api);
    for (const email of ['nele@customers.example', 'Nele@Customers.example', 'nobody@customers.example']) {
      expect((await api.post('/customer-forgotten-password', { email })).status).toBe(204);
      await jobsDone(source);
    }
    const waiting = await jobs();
    expect(waiting.map(({ task, payload }) => [task, payload])).toEqual([
      ['confirmation-mail', { customerId: expect.any(String), clientAddress: '127.0.0.1' }],
      ['password-restore-mail', { email: 'Nele@Customers.example', clientAddress: '127.0.0.1' }],
    ]);
  });

  it('are part of the change that they belong to: without its mail nobody is registered', async () => {
    const api = await start(mailbox.smtpUrl);
    await openShop();
    await source.query(`ALTER FUNCTION graphile_worker.add_jobs RENAME TO add_no_jobs`);
    expect(await register(api)).toMatch(/^500/);
    expect(await source.query(`SELECT FROM customer`)).toEqual([]);
    await source.query(`ALTER FUNCTION graphile_worker.add_no_jobs RENAME TO add_jobs`);
    expect(await register(api)).toBe('201');
    await jobsDone(source);
    expect(subjects()).toEqual(['Please confirm your e-mail address']);
  });

  it('that anybody can ask for are dropped when ten thousand of them wait, and nothing else', async () => {
    const api = await start(NOBODY_LISTENS);
    await openShop();
    const { email } = await createCustomer(source);
    await api.post('/customer-forgotten-password', { email: 'nobody@customers.example' });
    await jobsDone(source);
    await source.query(
      `INSERT INTO graphile_worker._private_jobs (task_id, payload, key, run_at)
       SELECT id, '{}', 'public-mail:192.0.2.' || generate_series || ':', now() + interval '1 day' FROM graphile_worker._private_tasks, generate_series(1, 10000)
       WHERE identifier = 'password-restore-mail'`,
    );
    expect((await api.post('/customer-forgotten-password', { email })).status).toBe(204);
    expect(await register(api)).toBe('201');
    await jobsDone(source);
    const added = (await jobs()).slice(10_000).map(({ task }) => task);
    expect(added).toEqual([]);
  });

  it('of somebody reach their reader while somebody else asks for a hundred in a second', async () => {
    const app = await createStorefront(
      testSettings({ databaseUrl: database.url, smtpUrl: mailbox.smtpUrl }, { TRUSTED_PROXIES: '127.0.0.1' }),
    );
    await app.listen(0, '127.0.0.1');
    apps.push(app);
    source = app.get<DataSource>(getDataSourceToken());
    const api = new ApiClient(await app.getUrl());
    const ask = async (from: string, email: string): Promise<number> =>
      (await api.post('/customer-forgotten-password', { email }, { headers: { 'x-forwarded-for': from } })).status;
    const owners = await Promise.all(Array.from({ length: 10 }, () => createCustomer(source)));
    const flood = Array.from({ length: 300 }, (_, n) => ask('192.0.2.1', `nobody-${n}@customers.example`));
    const asked = owners.map(({ email }, n) => ask(`198.51.100.${n}`, email));
    expect(await Promise.all(asked)).toEqual(Array(10).fill(204));
    await Promise.all(flood);
    await jobsDone(source);
    const reached = new Set(mailbox.mails.flatMap(({ to }) => to));
    expect(owners.filter(({ email }) => !reached.has(email))).toEqual([]);
  });

  it('that one client asks for stop at a hundred that wait, and those of others do not', async () => {
    const api = await start(NOBODY_LISTENS);
    const { email } = await createCustomer(source);
    await api.post('/customer-forgotten-password', { email: 'nobody@customers.example' });
    await jobsDone(source);
    await source.query(
      `INSERT INTO graphile_worker._private_jobs (task_id, payload, key, run_at)
       SELECT id, '{}', 'public-mail:' || $1 || ':' || generate_series, now() + interval '1 day'
       FROM graphile_worker._private_tasks, generate_series(1, 100) WHERE identifier = 'password-restore-mail'`,
      ['192.0.2.1'],
    );
    expect((await api.post('/customer-forgotten-password', { email })).status).toBe(204);
    await jobsDone(source);
    expect(await jobs()).toHaveLength(101);
    await source.query(`UPDATE graphile_worker._private_jobs SET key = replace(key, '192.0.2.1', '127.0.0.1')`);
    const other = await createCustomer(source);
    expect((await api.post('/customer-forgotten-password', { email: other.email })).status).toBe(204);
    expect(await jobs()).toHaveLength(101);
  });
});
