import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProgramError } from '../run-program.js';
import { startPostgres, type EmbeddedPostgres } from './embedded-postgres.js';
import { forgetData } from './forget-data.js';
import { openPostgres } from './open-postgres.js';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sallyport-embedded-'));
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function start(): Promise<EmbeddedPostgres> {
  return startPostgres({ dataDir, flags: ['-c', 'fsync=off'] });
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  it('keeps its data over a stop and a start, and is gone in between', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS one');
    await first.stop();
    await expect(query(first.url, 'SELECT')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const second = await start();
    expect(await query(second.url, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  it('lower-cases and compares text beyond ASCII on every system', async () => {
    const postgres = await start();
    const rows = await query(
      postgres.url,
      `SELECT lower('ÄÖÜ') AS lower, current_setting('server_encoding') AS encoding`,
    );
    expect(rows).toEqual([{ lower: 'äöü', encoding: 'UTF8' }]);
    await postgres.stop();
  });

  it('is lent to a short use while it runs, and goes on after it', async () => {
    const postgres = await start();
    const lent = await openPostgres({ dataDir });
    expect(lent.url).toBe(postgres.url);
    await lent.close();
    expect(await query(postgres.url, 'SELECT 1 AS one')).toHaveLength(1);
    await postgres.stop();
  });

  it('is started for a short use when it does not run, and stopped after it', async () => {
    const own = await openPostgres({ dataDir });
    expect(await query(own.url, 'SELECT 1 AS one')).toHaveLength(1);
    await own.close();
    await expect(query(own.url, 'SELECT')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('starts though a killed server left its file, and another process has the id by now', async () => {
    await (await start()).stop();
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n${dataDir}\n1\n5432\n`);
    const postgres = await start();
    expect(await query(postgres.url, 'SELECT 1 AS one')).toHaveLength(1);
    await postgres.stop();
  });

  it('tells the reason of a server that cannot start', async () => {
    await expect(startPostgres({ dataDir, flags: ['-c', 'no_such_setting=1'] })).rejects.toThrow(/no_such_setting/);
  });

  it('says so when the kept password was lost', async () => {
    await (await start()).stop();
    rmSync(join(dataDir, 'keys'), { recursive: true });
    await expect(start()).rejects.toThrow(
      'The embedded database was made with another password. npm run reset forgets it.',
    );
  });
});

describe('forgetting the data', () => {
  it('refuses while the database is in use', async () => {
    const postgres = await start();
    await expect(forgetData(dataDir)).rejects.toThrow(ProgramError);
    await postgres.stop();
  });

  it('removes the database and the keys, but nothing of others', async () => {
    await (await start()).stop();
    writeFileSync(join(dataDir, 'notes.txt'), 'mine');
    expect(await forgetData(dataDir)).toEqual(['keys', 'postgres', 'postgres.log'].map((name) => join(dataDir, name)));
    expect(readdirSync(dataDir)).toEqual(['notes.txt']);
  });

  it('removes the folder too when nothing is left in it, and has nothing to do the next time', async () => {
    await (await start()).stop();
    await forgetData(dataDir);
    expect(existsSync(dataDir)).toBe(false);
    expect(await forgetData(dataDir)).toEqual([]);
  });
});
