import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '#migrations';
import { dataSourceOptions, migrateJobs, startPostgres, type EmbeddedPostgres } from '#platform';
import { recipientOf, Shop, smtpSender } from './shop/shop.js';

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

describe('12. Mail server away', () => {
  let shop: Shop;
  const servers: { close(done?: () => void): unknown }[] = [];

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await shop.close();
  });

  const silentServer = async (): Promise<string> => {
    const server = createServer(() => undefined);
    servers.push(server);
    return `smtp://127.0.0.1:${await listening(server)}`;
  };
  const refusingServer = async (): Promise<string> => {
    const server = new SMTPServer({
      authOptional: true,
      onRcptTo: (_address, _session, done) => done(new Error('no such mailbox')),
    });
    servers.push(server);
    return `smtp://127.0.0.1:${await listening(server.server)}`;
  };
  const shopWith = (smtpUrl: string) =>
    shop.addInstance({ delivery: { mailSender: smtpSender(smtpUrl), recipientOf }, sendTimeoutMs: 300 });

  it.each([
    ['refuses the recipient', refusingServer],
    ['does not answer in time', silentServer],
    ['is not there', async () => 'smtp://127.0.0.1:1'],
  ])('answers 5910 when it %s: the code is void, the older one too, and the send counts', async (_case, server) => {
    const person = await shop.person().enroll();
    const older = await person.requestCode();
    const broken = person.at(await shopWith(await server()));
    expect(await broken.trigger()).toBe('400 5910');
    const rows = await shop.dataSource.query(`SELECT 1 FROM mfa_code WHERE account_id = $1`, [person.id]);
    expect(rows).toEqual([]);
    expect(await person.order(older)).toBe('403 5901');
    expect([await broken.trigger(), await broken.trigger()]).toEqual(['400 5910', '400 5910']);
    expect(await person.trigger()).toBe('429 5912');
  });

  it('leaves a method pending whose activation code could not be sent, and goes on when the server is back', async () => {
    const person = shop.person();
    const broken = person.at(await shopWith(await refusingServer()));
    expect(await broken.activate()).toBe('400 5910');
    expect(await person.status()).toBe(1);
    expect(await person.order()).toBe('201');
    expect(await person.activate()).toBe('204');
    expect(await person.verify(person.code())).toBe('204');
  });

  it('holds no database connection while it waits for the mail server', async () => {
    const person = await shop.person().enroll();
    const stuck = person.at(await shopWith(await silentServer()));
    const sending = stuck.trigger();
    const busy = await shop.dataSource.query(
      `SELECT count(*)::int FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND datname = current_database()`,
    );
    expect(busy).toEqual([{ count: 0 }]);
    expect(await sending).toBe('400 5910');
  });
});

describe('12. Database away', () => {
  let postgres: EmbeddedPostgres;
  let shop: Shop;
  const dataDir = mkdtempSync(join(tmpdir(), 'sallyport-outage-'));
  const port = 20_000 + (process.pid % 6_000); // below the ports of outgoing connections

  beforeAll(async () => {
    postgres = await startPostgres({ dataDir, port });
    const source = new DataSource(
      dataSourceOptions({ url: postgres.url, applicationName: 'test', entities: [], migrations: MIGRATIONS }),
    );
    await source.initialize();
    await migrateJobs(postgres.url);
    await source.runMigrations();
    await source.destroy();
    shop = await Shop.open({ database: { url: postgres.url, directUrl: postgres.url, drop: async () => undefined } });
  });
  afterAll(async () => {
    await shop.close();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('accepts no code while it is away, and forgets nothing: a code is good once, misses stay counted', async () => {
    const person = await shop.person().enroll();
    expect(await person.order('000000')).toBe('403 5901');
    const code = await person.requestCode();
    await postgres.stop();
    expect((await person.call('POST', '/orders', code)).status).toBe(500);
    postgres = await startPostgres({ dataDir, port });
    expect(await person.order(code)).toBe('201');
    expect(await person.inSession('other').order(code)).toBe('403 5901');
    const rows = await shop.dataSource.query(
      `SELECT miss_count::int AS misses FROM mfa_account WHERE account_id = $1`,
      [person.id],
    );
    expect(rows).toEqual([{ misses: 2 }]);
  });
});
