import { readFileSync } from 'node:fs';
import { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MIGRATIONS } from '#migrations';
import type { Settings } from '#platform';
import { createTestDatabase, type TestDatabase, testSettings } from '#testing';
import { runCommandLine } from '../command-line.js';
import { migrateProgram } from './migrate.command.js';

const plain = (name: string): string => name.replace(/\d+$/, '');
const NAMES = MIGRATIONS.map((migration) => new migration().name);

describe('npm run migrate', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let settings: Settings;

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    settings = testSettings({ databaseUrl: database.url, smtpUrl: 'smtp://127.0.0.1:1' });
  });
  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  /** @returns what it prints, with the failure behind it */
  const migrate = async (...words: string[]): Promise<string> => {
    const lines: string[] = [];
    const print = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => lines.push(String(chunk)) > 0);
    try {
      await runCommandLine(
        migrateProgram(() => settings),
        words,
      );
    } catch (error) {
      lines.push((error as Error).message);
    } finally {
      print.mockRestore();
    }
    return lines.join('').trim();
  };
  const done = async (): Promise<string[]> =>
    (await dataSource.query<{ name: string }[]>(`SELECT name FROM migrations ORDER BY id`)).map(({ name }) => name);

  /** A customer with the e-mail method and an authenticator app, and an entry of each. */
  const storePerson = async (): Promise<string> => {
    const [{ id }] = await dataSource.query<[{ id: string }]>(
      `INSERT INTO customer (customer_reference, email, password_hash, salutation, first_name, last_name, locale, confirmed)
       VALUES ('DE--n1', 'ada@customers.example', 'x', 'Ms', 'Ada', 'Kessler', 'en_US', true) RETURNING id`,
    );
    await dataSource.query(`INSERT INTO mfa_account (account_kind, account_id) VALUES ('customer', $1)`, [id]);
    for (const method of ['email', 'totp']) {
      await dataSource.query(
        `INSERT INTO mfa_factor (account_kind, account_id, method, status, activated_at)
         VALUES ('customer', $1, $2, 2, now())`,
        [id, method],
      );
      await dataSource.query(
        `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, method, actor_kind, actor_id)
         VALUES ('customer', $1, 'accepted', now(), $2, 'customer', $1)`,
        [id, method],
      );
    }
    return id;
  };

  it('goes back, and forward again, with what the former schema has a place for', async () => {
    await storePerson();
    const entries = () => dataSource.query(`SELECT event, method FROM mfa_audit_event ORDER BY sequence`);
    const out = await migrate('--down-to', 'CustomerSearch', '--confirm');
    const undone = NAMES.slice(NAMES.findIndex((name) => name.startsWith('CustomerSearch')) + 1).toReversed();
    expect(out.split('\n').map((line) => /^Undone: (\w+), loses .+/.exec(line)?.[1])).toEqual(undone);
    expect(await done()).toEqual(NAMES.filter((name) => !undone.includes(name)));
    expect(await dataSource.query(`SELECT method, status FROM mfa_factor`)).toEqual([{ method: 'email', status: 2 }]);
    const trail = [
      { event: 'accepted', method: 'email' },
      { event: 'accepted', method: 'totp' },
      { event: 'removed', method: 'totp' },
    ];
    expect(await entries()).toEqual(trail);
    expect((await migrate()).split('\n')).toEqual(undone.toReversed().map((name) => `Migrated: ${name}`));
    expect(await done()).toEqual(NAMES);
    expect(await dataSource.query(`SELECT email, email_changed_at FROM customer`)).toEqual([
      { email: 'ada@customers.example', email_changed_at: [] },
    ]);
    expect(await entries()).toEqual(trail);
    expect(await migrate()).toBe('No migration is pending.');
  });

  it('goes back all the way to the first migration, and forward again', async () => {
    await storePerson();
    await migrate('--down-to', NAMES[0]!, '--confirm');
    expect(await done()).toEqual([NAMES[0]]);
    expect(await dataSource.query(`SELECT email FROM customer`)).toHaveLength(1);
    await migrate();
    expect(await done()).toEqual(NAMES);
  });

  it('undoes nothing without --confirm, and says what would be lost', async () => {
    const out = await migrate('--down-to', 'WarehouseSessions');
    expect(out).toContain('To undo: MfaRevisions1795824000000, loses authenticator apps and recovery codes');
    expect(out).toMatch(/Nothing was undone\. Make a backup, stop the apps, and add --confirm\.$/);
    expect(await done()).toEqual(NAMES);
    expect(await migrate('--down-to', plain(NAMES.at(-1)!))).toBe('No migration is to be undone.');
  });

  it('goes all of the way back or none of it', async () => {
    await dataSource.query(`CREATE VIEW in_the_way AS SELECT warehouse_uuid FROM login_session`);
    expect(await migrate('--down-to', 'MfaPolicies', '--confirm')).toContain('other objects depend on it');
    expect(await done()).toEqual(NAMES);
    expect(await dataSource.query(`SELECT to_regclass('mfa_credential') IS NOT NULL AS exists`)).toEqual([
      { exists: true },
    ]);
  });

  it('refuses a migration that is not there, and a database of a newer version', async () => {
    expect(await migrate('--confirm')).toBe('--confirm is for --down-to.');
    expect(await migrate('--down-to', 'Nowhere', '--confirm')).toMatch(
      /^There is no migration "Nowhere"\. There are: Acc/,
    );
    await migrate('--down-to', plain(NAMES.at(-2)!), '--confirm');
    expect(await migrate('--down-to', NAMES.at(-1)!, '--confirm')).toBe(
      `The migration ${NAMES.at(-1)} did not run here.`,
    );
    await migrate();
    await dataSource.query(`INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Later9999999999999')`);
    expect(await migrate('--down-to', 'Accounts', '--confirm')).toBe(
      'The database has migrations of a newer version: Later9999999999999. Go back with that version.',
    );
    expect((await done()).slice(0, -1)).toEqual(NAMES);
  });

  it('has each migration in the table of docs/upgrade.md, with what undoing it loses', () => {
    const rows = readFileSync('docs/upgrade.md', 'utf8').split('\n');
    for (const migration of MIGRATIONS.slice(1)) {
      const { name, loses } = new migration() as { name: string; loses?: string };
      expect(rows).toContainEqual(expect.stringMatching(new RegExp(`^\\| \`${plain(name)}\` \\|.*\\| ${loses} \\|$`)));
    }
  });
});
