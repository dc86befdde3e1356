import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import type { Settings } from '#platform';
import { createTestDatabase, testSettings, type TestDatabase } from '#testing';
import { runCli, type Run } from './run-cli.js';

const TABLES = ['mfa_audit_event', 'mfa_audit_anchor', 'mfa_audit_chain'];

/** A database with a trail alone, seen by the owner of its tables, and a folder for archives of it. */
export class ArchivedTrail {
  settings: Settings;

  private constructor(
    readonly database: TestDatabase,
    readonly owner: DataSource,
    readonly folder: string,
  ) {
    this.settings = testSettings({ databaseUrl: database.url, smtpUrl: 'smtp://127.0.0.1' });
  }

  static async open(): Promise<ArchivedTrail> {
    const database = await createTestDatabase();
    const owner = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    return new ArchivedTrail(database, owner, await mkdtemp(join(tmpdir(), 'sallyport-archive-')));
  }

  async close(): Promise<void> {
    await this.owner.destroy();
    await this.database.drop();
    await rm(this.folder, { recursive: true });
  }

  at(name: string): string {
    return join(this.folder, name);
  }

  archive(name: string, before: string, ...options: string[]): Promise<Run> {
    return runCli(this.settings, 'audit', 'archive', '--before', before, ...options, this.at(name));
  }

  verify(...options: string[]): Promise<Run> {
    return runCli(this.settings, 'audit', 'verify', ...options);
  }

  verifyFiles(...names: string[]): Promise<Run> {
    return this.verify('--file', ...names.map((name) => this.at(name)));
  }

  async linesOf(name: string): Promise<string[]> {
    return (await readFile(this.at(name), 'utf8')).trimEnd().split('\n');
  }

  /** Writes a file anew as it should not be. */
  async change(name: string, edit: (lines: string[]) => readonly string[]): Promise<void> {
    await writeFile(this.at(name), `${edit(await this.linesOf(name)).join('\n')}\n`);
  }

  async sha256(name: string): Promise<string> {
    return createHash('sha256')
      .update(await readFile(this.at(name)))
      .digest('hex');
  }

  async append(id: string, moment: string, details: string | null = null): Promise<void> {
    await this.owner.query(
      `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id, details)
       VALUES ('customer', $1, 'accepted', $2, 'customer', $1, $3)`,
      [id, moment, details],
    );
  }

  /** An entry of each of the accounts in the middle of each of the months. */
  async appendAll(ids: readonly string[], ...months: string[]): Promise<void> {
    for (const month of months) for (const id of ids) await this.append(id, `${month}-15T12:00:00Z`);
  }

  /** Two accounts with an entry each month of a quarter; the first months are archived, each in a file `1`, `2`, …. */
  async archiveMonths(count: 1 | 3): Promise<void> {
    await this.appendAll(['1', '2'], '2026-01', '2026-02', '2026-03');
    for (let month = 1; month <= count; month += 1) {
      const { exitCode, err } = await this.archive(String(month), `2026-0${month + 1}-01`);
      if (exitCode !== 0) throw new Error(err);
    }
  }

  /** Entries about accounts that are in the database, such as `1 2`: account and sequence. */
  async placesLeft(): Promise<string[]> {
    const rows = await this.owner.query<{ place: string }[]>(
      `SELECT account_id || ' ' || sequence AS place FROM mfa_audit_event WHERE account_kind = 'customer' ORDER BY 1`,
    );
    return rows.map(({ place }) => place);
  }

  /** What the owner of the tables can do, who can have triggers rest. */
  async tamper(...statements: string[]): Promise<void> {
    for (const table of TABLES) await this.owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    for (const statement of statements) await this.owner.query(statement);
    for (const table of TABLES) await this.owner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  }

  /** Keeps the trail as it is, for `restore`. */
  async keep(): Promise<void> {
    for (const table of TABLES) await this.owner.query(`CREATE TABLE kept_${table} AS TABLE ${table}`);
  }

  async restore(): Promise<void> {
    await this.tamper(
      ...TABLES.flatMap((table) => [`DELETE FROM ${table}`, `INSERT INTO ${table} SELECT * FROM kept_${table}`]),
    );
  }
}
