import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Customer } from '#auth';
import type { AppSettings } from '#platform';
import { mailedCode, outcome, type TestDatabase, totpStep, totpValue, trailOf } from '#testing';
import { orderOf, storeCart } from '../../storefront/test/ordering.js';
import { Shop } from '../../storefront/test/shop.js';
import { migrateFor } from '../src/migrate/migrate.command.js';
import { runCli } from './run-cli.js';

const runFile = promisify(execFile);
const PROGRAMS = ['initdb', 'postgres', 'pg_dump', 'pg_restore', 'pg_basebackup'];
const DEBIAN = '/usr/lib/postgresql';

/**
 * The folder of an installed PostgreSQL that has the server and the programs for backups, which are of one version so;
 * the embedded one has no such programs. Undefined where there is none.
 */
function installedPostgres(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((one) => join(DEBIAN, one, 'bin')), ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders.find((folder) => PROGRAMS.every((name) => existsSync(join(folder, name))));
}

/** A server of the installed PostgreSQL, whose superuser needs no password. */
interface PostgresServer {
  /** The URL of a database, for a login. */
  url(database: string, login?: string): string;
  query(statement: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Programs of the installed PostgreSQL, and servers of it in a scratch folder. */
class InstalledPostgres {
  readonly scratch = mkdtempSync(join(tmpdir(), 'sallyport-backup-'));
  /** PostgreSQL refuses to run as root. */
  private readonly user = process.getuid?.() === 0 ? idsOf('postgres') : undefined;

  constructor(private readonly folder: string) {
    chmodSync(this.scratch, 0o755);
    if (this.user) chownSync(this.scratch, this.user.uid, this.user.gid);
  }

  path = (name: string): string => join(this.scratch, name);

  async run(program: string, ...words: readonly string[]): Promise<void> {
    await runFile(join(this.folder, program), words, { cwd: this.scratch, ...this.user });
  }

  /** Starts a server on a cluster of the scratch folder, which is made if it is not there. */
  async start(cluster: string): Promise<PostgresServer> {
    const data = this.path(cluster);
    if (!existsSync(data)) {
      await this.run('initdb', '--pgdata', data, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-sync');
    }
    const port = await freePort();
    const local = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'];
    const words = ['-D', data, '-p', String(port), ...local];
    const server = spawn(join(this.folder, 'postgres'), words, { ...this.user, cwd: this.scratch, stdio: 'ignore' });
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    const url = (database: string, login = 'postgres'): string => `postgres://${login}@127.0.0.1:${port}/${database}`;
    const query = async (statement: string): Promise<unknown> => {
      const connection = await new DataSource({ type: 'postgres', url: url('postgres') }).initialize();
      return connection.query(statement).finally(() => connection.destroy());
    };
    await vi.waitFor(() => query('SELECT 1'), { timeout: 30_000 });
    return {
      url,
      query,
      stop: async () => {
        server.kill('SIGINT');
        await ended;
      },
    };
  }

  forget(): void {
    rmSync(this.scratch, { recursive: true, force: true });
  }
}

function idsOf(name: string): { uid: number; gid: number } {
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' })));
  return { uid: uid!, gid: gid! };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

const programs = installedPostgres();

/** Servers and programs that a busy machine takes its time for. */
const SLOW_MS = 180_000;

/** What a protected write answers that passed the second factor: its empty document is looked at. */
const PASSED = '422 901';

it.runIf(process.env['CI'] && existsSync('/usr/bin/apt-get'))('Backups are tested where the project is checked', () => {
  expect(programs).toBeDefined();
});

describe.skipIf(programs === undefined)('A backup', () => {
  let postgres: InstalledPostgres;
  let server: PostgresServer;
  let shop: Shop;
  let ada: Customer & { readonly token: string };
  let ben: Customer & { readonly token: string };
  /** A code that was mailed to Ada before the backup. */
  let mailed: string;
  /** What Ben's authenticator app was given. */
  let secret: string;

  const databaseAt = (url: string): TestDatabase => ({ url, directUrl: url, drop: async () => undefined });
  const settingsAt = (databaseUrl: string): AppSettings => ({ ...shop.app.settings, databaseUrl });
  const heads = (): string => postgres.path('ends.txt');
  const totp = ({ app }: Shop): string => totpValue(secret, totpStep(app.clock.now()));
  const order = async ({ app }: Shop, { id }: Customer, token: string, code: string) => {
    const cart = await storeCart(app.dataSource, { id }, [await shopProduct(app.dataSource)]);
    return app.api.post('/checkout', orderOf(cart), { token, code });
  };
  const shopProduct = async (source: DataSource) => {
    const [{ sku }] = await source.query<[{ sku: string }]>(`SELECT sku FROM product LIMIT 1`);
    return { sku } as never;
  };
  const orders = async (source: DataSource): Promise<number> =>
    (await source.query<[{ count: number }]>(`SELECT count(*)::int AS count FROM sales_order`))[0].count;

  beforeAll(async () => {
    postgres = new InstalledPostgres(programs!);
    server = await postgres.start('cluster');
    await createDatabase('sallyport');
    shop = await Shop.open({}, databaseAt(server.url('sallyport', 'sallyport_apps')));
    await shop.product();
    [ada, ben] = [await shop.customer(), await shop.customer()];
    await order(shop, ada, ada.token, await shop.enableMfa(ada.token, ada.email));
    const type = { type: 'totp' };
    const set = await shop.app.api.post('/multi-factor-auth-type-activate', type, { token: ben.token });
    secret = set.json.data.attributes.secret;
    await shop.app.api.post('/multi-factor-auth-type-verify', type, { token: ben.token, code: totp(shop) });
    await shop.app.mailsSent();
    await shop.app.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token: ada.token });
    mailed = mailedCode(shop.app.mailbox, ada.email);
    await runCli(settingsAt(shop.app.databaseUrl), 'audit', 'verify', '--keep', heads());
  }, SLOW_MS);
  afterAll(async () => {
    await shop?.app.stop();
    await server?.stop();
    postgres?.forget();
  });

  /** As docs/operations.md says: both logins, a database of the owner, and its schema. */
  const createDatabase = async (name: string, isMigrated = true): Promise<void> => {
    for (const login of ['sallyport_owner', 'sallyport_apps']) {
      await server.query(`DO $$ BEGIN CREATE ROLE ${login} LOGIN; EXCEPTION WHEN duplicate_object THEN END $$`);
    }
    await server.query(`CREATE DATABASE ${name} OWNER sallyport_owner ENCODING UTF8 TEMPLATE template0`);
    if (!isMigrated) return;
    const migrationDatabaseUrl = server.url(name, 'sallyport_owner');
    await migrateFor({ migrationDatabaseUrl }, server.url(name, 'sallyport_apps'));
  };

  /** All that the apps' login may do, and what else stands in the catalogue about the tables. */
  const catalogueOf = async (url: string): Promise<unknown> => {
    const source = await new DataSource({ type: 'postgres', url }).initialize();
    const schemas = `('public', 'graphile_worker')`;
    const read = (sql: string): Promise<unknown> => source.query(sql);
    try {
      return {
        tables: await read(`SELECT n.nspname, c.relname, c.relkind, c.relrowsecurity, c.relacl::text[]::text,
          pg_get_userbyid(c.relowner) AS owner FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname IN ${schemas} AND c.relkind IN ('r', 'S', 'v') ORDER BY 1, 2`),
        functions: await read(`SELECT p.proname, p.prosecdef, p.proconfig, p.proacl::text[]::text FROM pg_proc p
          JOIN pg_namespace n ON n.oid = p.pronamespace LEFT JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e'
          WHERE n.nspname IN ${schemas} AND d.objid IS NULL ORDER BY 1, p.proargtypes::text`),
        policies: await read(`SELECT schemaname, tablename, policyname, roles::text FROM pg_policies ORDER BY 1, 2, 3`),
        triggers: await read(`SELECT tgrelid::regclass::text, pg_get_triggerdef(oid), tgenabled FROM pg_trigger
          WHERE NOT tgisinternal ORDER BY 1, 2`),
        sequences: await read(`SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2`),
      };
    } finally {
      await source.destroy();
    }
  };

  describe('by pg_dump, restored into a fresh database', () => {
    let restored: Shop;

    beforeAll(async () => {
      const dump = postgres.path('sallyport.dump');
      const from = server.url('sallyport', 'sallyport_owner');
      await postgres.run('pg_dump', '--format=custom', `--file=${dump}`, from);
      await createDatabase('restored', false);
      const to = server.url('restored', 'sallyport_owner');
      await postgres.run('pg_restore', '--exit-on-error', '--single-transaction', '--no-owner', `--dbname=${to}`, dump);
      expect(await catalogueOf(to)).toEqual(await catalogueOf(from));
      restored = await Shop.reopen(databaseAt(server.url('restored', 'sallyport_apps')));
    }, SLOW_MS);
    afterAll(() => restored?.app.stop());

    it('is refused to the login of the apps, which does not own the jobs', async () => {
      const apps = server.url('sallyport', 'sallyport_apps');
      await expect(postgres.run('pg_dump', `--file=${postgres.path('refused.dump')}`, apps)).rejects.toThrow(
        'row-level security',
      );
    });

    it('has nothing to migrate, and is ready', async () => {
      const migrationDatabaseUrl = server.url('restored', 'sallyport_owner');
      expect(await migrateFor({ migrationDatabaseUrl }, restored.app.databaseUrl)).toEqual([]);
      expect((await restored.app.api.get('/health/ready')).json).toEqual({ status: 'ok' });
    });

    it('has a trail that verifies, as it was, and goes on', async () => {
      const settings = settingsAt(restored.app.databaseUrl);
      const verify = () => runCli(settings, 'audit', 'verify', '--against', heads());
      expect((await verify()).out).toContain('The audit trail is whole.');
      const before = await trailOf(restored.app.dataSource, { kind: 'customer', id: ben.id });
      await restored.login(ben.email);
      const after = await trailOf(restored.app.dataSource, { kind: 'customer', id: ben.id });
      expect(after.slice(0, before.length)).toEqual(before);
      expect(after.slice(before.length)).toMatchObject([{ event: 'codes-voided' }, { event: 'signed-in' }]);
      expect((await verify()).out).toContain('The audit trail is whole.');
      for (const statement of ['DELETE FROM mfa_audit_event', `UPDATE mfa_audit_chain SET sequence = 0`]) {
        await expect(restored.app.dataSource.query(statement)).rejects.toThrow('permission denied');
      }
    });

    it('takes the session and the code of before, and an order with them', async () => {
      const { status } = await order(restored, ada, ada.token, mailed);
      expect([status, await orders(restored.app.dataSource), await orders(shop.app.dataSource)]).toEqual([201, 2, 1]);
    });

    it('opens the secrets of before: a login, and the next value of the authenticator app', async () => {
      restored.app.clock.advance(60);
      const token = await restored.login(ben.email);
      const path = `/customer-password/${ben.customerReference}`;
      const write = async (code: string) => outcome(await restored.app.api.patch(path, {}, { token, code }));
      expect(await write('000000')).toBe('403 5901');
      expect(await write(totp(restored))).toBe(PASSED);
    });

    it('sends the mails that its trail makes', async () => {
      const newcomer = await restored.customer();
      await restored.enableMfa(newcomer.token, newcomer.email);
      await restored.app.mailsSent();
      expect(restored.app.mailbox.mails.filter(({ to }) => to.includes(newcomer.email))).toHaveLength(2);
    });
  });

  it(
    'by pg_basebackup is a server that goes on',
    async () => {
      await postgres.run(
        'pg_basebackup',
        '--checkpoint=fast',
        `--dbname=${server.url('postgres')}`,
        `--pgdata=${postgres.path('copy')}`,
      );
      const copy = await postgres.start('copy');
      try {
        const url = copy.url('sallyport', 'sallyport_apps');
        const again = await Shop.reopen(databaseAt(url));
        const verified = await runCli(settingsAt(url), 'audit', 'verify', '--against', heads());
        expect(verified.out).toContain('The audit trail is whole.');
        expect(await again.login(ada.email)).toBeDefined();
        await again.app.stop();
      } finally {
        await copy.stop();
      }
    },
    SLOW_MS,
  );
});
