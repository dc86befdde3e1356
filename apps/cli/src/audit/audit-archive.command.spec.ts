import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MFA_TABLE_RIGHTS } from '#mfa';
import { MIGRATIONS } from '#migrations';
import { dataSourceOptions, grantRights } from '#platform';
import { interleave } from '#testing';
import { ArchivedTrail } from '../../test/archived-trail.js';
import { runCli, type Run } from '../../test/run-cli.js';
import { runCommandLine } from '../command-line.js';
import { operatorsProgram } from '../operators-program.js';

const OTHER_IDS = ['Z', 'a', 'é', 'ab', '"quoted" \n\u2028\u0002', '😀'];

describe('The archive of the audit trail', () => {
  let trail: ArchivedTrail;

  beforeEach(async () => {
    trail = await ArchivedTrail.open();
  });
  afterEach(() => trail.close());

  it('has all entries before a moment, as an export has them, and the trail goes on behind them', async () => {
    await trail.appendAll(['1', '2', ...OTHER_IDS], '2026-01', '2026-02');
    await trail.append('1', '2026-02-01', '{"exact": 12345678901234567890.10, "none": null, "text": "\\u00e9"}');
    await runCli(trail.settings, 'audit', 'export', trail.at('export'));
    const exported = new Set(await trail.linesOf('export'));
    await trail.append('1', '2026-03-15');
    const { exitCode, out, err } = await trail.archive('archive', '2026-03-01');
    expect(exitCode).toBe(0);
    const count = 2 * (2 + OTHER_IDS.length) + 1;
    expect(out).toBe(
      `Entries that were archived: ${count}, of 2026-01-15T12:00:00.000000Z to 2026-02-15T12:00:00.000000Z\n` +
        `SHA-256 of ${trail.at('archive')}: ${await trail.sha256('archive')}\n`,
    );
    expect(err).toContain(`Removing ${count} entries from the database.\n`);
    expect((await stat(trail.at('archive'))).mode & 0o777).toBe(0o600);
    const [first, ...entries] = await trail.linesOf('archive');
    expect(JSON.parse(first!)).toEqual({
      archive: 1,
      former: null,
      before: '2026-03-01T00:00:00.000Z',
      entries: count,
    });
    expect(entries).toHaveLength(count);
    const asExported = entries.map((line) => line.replace(/, "previousHash" : "[0-9a-f]*"}$/, '}'));
    expect(new Set(asExported)).toEqual(exported);
    expect(await trail.placesLeft()).toEqual(['1 4']);
    expect(await trail.verify()).toMatchObject({
      exitCode: 0,
      out: `Entries that were verified: 2\nEntries that are archived: ${count}\nThe audit trail is whole.\n`,
    });
    expect(await trail.verifyFiles('archive')).toMatchObject({ exitCode: 0 });
  });

  it('is an entry of the trail, with who archived, what, and the digests of the file and of all anchors', async () => {
    await trail.archiveMonths(1);
    const entries = await trail.owner.query(
      `SELECT account_id, sequence, actor_kind, actor_id <> '' AS "isNamed", details FROM mfa_audit_event
       WHERE event = 'archived'`,
    );
    expect(entries).toEqual([
      {
        account_id: 'audit-archive',
        sequence: '1',
        actor_kind: 'operator',
        isNamed: true,
        details: {
          file: '1',
          sha256: await trail.sha256('1'),
          former: null,
          entries: 2,
          from: '2026-01-15T12:00:00.000000Z',
          until: '2026-01-15T12:00:00.000000Z',
          before: '2026-02-01T00:00:00.000Z',
          anchors: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
    ]);
  });

  it('goes on where the one before ended, and knows it', async () => {
    await trail.archiveMonths(1);
    await trail.append('new', '2026-02-20T00:00:00Z');
    expect((await trail.archive('2', '2026-03-01')).exitCode).toBe(0);
    expect(JSON.parse((await trail.linesOf('2'))[0]!)).toMatchObject({ former: await trail.sha256('1'), entries: 3 });
    const sequences = (await trail.linesOf('2')).slice(1).map((line) => JSON.parse(line).sequence);
    expect(sequences).toEqual([2, 2, 1]);
    await trail.appendAll(['1'], '2026-04');
    expect((await trail.archive('3', '2026-05-01')).exitCode).toBe(0);
    expect(await trail.placesLeft()).toEqual([]);
    const whole = {
      exitCode: 0,
      out: expect.stringMatching(/archives that were verified: 8\n(.*\n)?The .* whole\.\n$/),
    };
    expect(await trail.verifyFiles('1', '2', '3')).toMatchObject(whole);
    expect(await trail.verify('--offline', '--file', trail.at('1'), trail.at('2'), trail.at('3'))).toMatchObject(whole);
    await trail.appendAll(['1', 'new'], '2026-05');
    expect((await trail.verify()).exitCode).toBe(0);
  });

  it('tells which archives were not given', async () => {
    await trail.archiveMonths(1);
    await trail.archive('2', '2026-03-01');
    await trail.archive('3', '2026-04-01');
    const { exitCode, out } = await trail.verifyFiles('2');
    expect(exitCode).toBe(0);
    expect(out).toContain(`Archives before ${trail.at('2')} were not given: its chains begin as it says.\n`);
    expect(out).toContain('Archives that were not given: 2 (1, 3)\n');
  });

  it('takes what an app should not write as it is: it is no fault of the chain', async () => {
    for (const moment of ['0044-03-15 BC', '-infinity', '4700-01-01 BC']) await trail.append('1', moment);
    expect((await trail.archive('archive', '2026-02-01')).exitCode).toBe(0);
    const moments = (await trail.linesOf('archive')).slice(1).map((line) => JSON.parse(line).occurredAt);
    expect(moments).toEqual(['0044-03-15T00:00:00.000000Z BC', null, expect.stringMatching(/Z BC$/)]);
    expect(await trail.verifyFiles('archive')).toMatchObject({ exitCode: 0 });
  });

  it('leaves the entries behind one that is not old, whatever their clocks said', async () => {
    for (const month of ['2026-01', '2026-03', '2026-02']) await trail.append('1', `${month}-15`);
    expect((await trail.archive('archive', '2026-03-01')).exitCode).toBe(0);
    expect(await trail.placesLeft()).toEqual(['1 2', '1 3']);
    expect((await trail.verify()).exitCode).toBe(0);
  });

  it('only counts in a dry run', async () => {
    await trail.appendAll(['1', '2'], '2026-01', '2026-02');
    const { exitCode, out } = await trail.archive('archive', '2026-02-01', '--dry-run');
    const range = 'of 2026-01-15T12:00:00.000000Z to 2026-01-15T12:00:00.000000Z';
    expect([exitCode, out]).toEqual([0, `Entries that would be archived: 2, ${range}\n`]);
    expect([await trail.placesLeft(), await readdir(trail.folder)]).toEqual([['1 1', '1 2', '2 1', '2 2'], []]);
  });

  it('makes no file where there is nothing to archive', async () => {
    await trail.appendAll(['1'], '2026-02');
    const nothing = { exitCode: 0, out: 'Nothing was archived: no entries are that old.\n' };
    expect(await trail.archive('archive', '2026-02-01')).toMatchObject(nothing);
    await trail.archive('archive', '2026-03-01');
    expect(await trail.archive('again', '2026-03-01')).toMatchObject(nothing);
    expect(await readdir(trail.folder)).toEqual(['archive']);
  });

  it.each([
    [['--before', '2026-02-30', 'x'], '--before must be a day or moment such as 2026-11-01 or 2026-11-01T12:00:00Z.'],
    [['--before', '2999-01-01', 'x'], '--before must not be in the future.'],
    [['x'], "Required option '--before <moment>' not specified. Try --help."],
    [
      ['--before', '2026-02-01', '-'],
      'The entries are removed from the database: an archive must be a file, not standard output.',
    ],
  ])('refuses %j in one line', async (words, text) => {
    expect(await runCli(trail.settings, 'audit', 'archive', ...words)).toMatchObject({
      exitCode: 1,
      err: `ProgramError: ${text}`,
    });
  });

  it('never replaces a file, and removes nothing then', async () => {
    await trail.appendAll(['1'], '2026-01');
    await writeFile(trail.at('archive'), 'mine');
    expect((await trail.archive('archive', '2026-02-01')).err).toBe(
      `ProgramError: ${trail.at('archive')} is there already.`,
    );
    expect((await trail.archive(join('no', 'folder'), '2026-02-01')).err).toContain('cannot be written (ENOENT)');
    expect([await trail.placesLeft(), await readFile(trail.at('archive'), 'utf8')]).toEqual([['1 1'], 'mine']);
  });

  it('needs the login that owns the tables; that of the apps is told so', async () => {
    await trail.appendAll(['1'], '2026-01');
    const role = `apps_${randomBytes(6).toString('hex')}`;
    await trail.owner.query(`CREATE ROLE ${role} LOGIN PASSWORD 'apps'`);
    await grantRights(trail.owner, role, MFA_TABLE_RIGHTS);
    const databaseUrl = Object.assign(new URL(trail.database.url), { username: role, password: 'apps' }).toString();
    const ownSettings = trail.settings;
    trail.settings = { ...ownSettings, databaseUrl };
    for (const options of [[], ['--dry-run']]) {
      const { exitCode, err } = await trail.archive('archive', '2026-02-01', ...options);
      expect([exitCode, err]).toEqual([1, expect.stringContaining(`The login "${role}" does not own the audit trail`)]);
      expect(err).toContain('set MIGRATION_DATABASE_URL');
    }
    expect([await trail.placesLeft(), await readdir(trail.folder)]).toEqual([['1 1'], []]);
    trail.settings = { ...ownSettings, databaseUrl, migrationDatabaseUrl: trail.database.url };
    expect(await trail.archive('archive', '2026-02-01')).toMatchObject({ exitCode: 0 });
    expect(await trail.verifyFiles('archive')).toMatchObject({ exitCode: 0 });
    await trail.owner.query(`DROP OWNED BY ${role}`);
    await trail.owner.query(`DROP ROLE ${role}`);
  });

  it('is not made of a trail that is not whole', async () => {
    await trail.appendAll(['1', '2', '3'], '2026-01', '2026-02', '2026-03');
    await trail.tamper(
      `UPDATE mfa_audit_event SET reason = 'none' WHERE account_id = '1' AND sequence = 2`,
      `DELETE FROM mfa_audit_event WHERE account_id = '2' AND sequence = 1`,
      `DELETE FROM mfa_audit_event WHERE account_id = '3' AND sequence = 2`,
    );
    const { exitCode, err } = await trail.archive('archive', '2026-04-01');
    expect(exitCode).toBe(1);
    expect(err).toContain('Nothing was archived: the audit trail is not whole. See audit verify.\n');
    expect(err).toContain('customer 1, entry 2 was changed\n');
    expect(err).toContain('customer 2, entry 2 does not fit to its chain');
    expect(err).toContain('customer 3, entry 3 stands where entry 2 should be\n');
    expect(await readdir(trail.folder)).toEqual([]);
    expect(await trail.placesLeft()).toHaveLength(7);
  });

  it('does not hide that entries were inserted behind the end of a chain', async () => {
    await trail.appendAll(['1'], '2026-01', '2026-02');
    await trail.tamper(`UPDATE mfa_audit_chain SET sequence = 1`);
    expect((await trail.archive('archive', '2026-03-01')).err).toContain(
      'customer 1, entry 1 does not fit to its chain',
    );
    expect(await trail.placesLeft()).toEqual(['1 1', '1 2']);
  });

  it('has archived nothing and leaves no file when it is interrupted between writing and removing', async () => {
    await trail.appendAll(['1'], '2026-01');
    const others = process.listeners('SIGINT');
    const run = await interleave(trail.owner, {
      lock: (other) => other.query('LOCK TABLE mfa_audit_anchor IN EXCLUSIVE MODE'),
      work: async () => ({ begun: await trail.archive('archive', '2026-02-01') }),
      change: async () => {
        expect(await readdir(trail.folder)).toEqual([expect.stringMatching(/^archive\.[0-9a-f]{8}\.partial$/)]);
        const own = process.listeners('SIGINT').filter((listener) => !others.includes(listener));
        for (const interrupt of own) interrupt('SIGINT');
      },
    });
    expect(run.begun).toMatchObject({ exitCode: 1, err: expect.stringContaining('ProgramError: Interrupted.') });
    expect([await trail.placesLeft(), await readdir(trail.folder)]).toEqual([['1 1'], []]);
    expect((await trail.verify()).exitCode).toBe(0);
    expect((await trail.archive('archive', '2026-02-01')).exitCode).toBe(0);
  });

  it('has archived nothing when the entry about it cannot be written', async () => {
    await trail.appendAll(['1'], '2026-01');
    await trail.owner.query(`ALTER TABLE mfa_audit_event ADD CONSTRAINT ck_full CHECK (event <> 'archived')`);
    await expect(trail.archive('archive', '2026-02-01')).rejects.toThrow('ck_full');
    expect([await trail.placesLeft(), await readdir(trail.folder)]).toEqual([['1 1'], []]);
    expect((await trail.verify()).exitCode).toBe(0);
  });

  it('keeps the file and says so when the end of the transaction fails', async () => {
    await trail.appendAll(['1'], '2026-01');
    await trail.owner.query(
      `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''disk full''; END'`,
    );
    await trail.owner.query(
      `CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON mfa_audit_event DEFERRABLE INITIALLY DEFERRED
       FOR EACH ROW EXECUTE FUNCTION fail()`,
    );
    const { err } = await trail.archive('archive', '2026-02-01');
    expect(err).toContain('It is not known whether the entries were removed (disk full). Keep');
    expect([await trail.placesLeft(), await readdir(trail.folder)]).toEqual([['1 1'], ['archive']]);
    const { exitCode, out } = await trail.verifyFiles('archive');
    expect(exitCode).toBe(1);
    expect(out).toContain('archive, line 2: customer 1, entry 1 was not archived from this database');
  });

  it('has no writer of the trail wait while entries are removed', async () => {
    await trail.archiveMonths(1);
    const run = await interleave(trail.owner, {
      // the entry about the archive is the last that is written: then all others are removed already
      lock: (other) => other.query(`SELECT FROM mfa_audit_chain WHERE account_kind = 'operator' FOR UPDATE`),
      work: () => trail.archive('2', '2026-04-01'),
      change: async () => {
        await trail.owner.query(`SET lock_timeout = '5s'`);
        await trail.appendAll(['1', '2', 'new'], '2026-02');
      },
    });
    expect(run).toMatchObject({ exitCode: 0 });
    expect(await trail.placesLeft()).toEqual(['1 4', '2 4', 'new 1']);
    expect(await trail.verifyFiles('1', '2')).toMatchObject({ exitCode: 0 });
  });

  it('loses nothing of what is written at the same time', async () => {
    const ids = ['1', '2', '3', '4'];
    await trail.appendAll(ids, '2026-01');
    const end = new AbortController();
    const writers = ids.map(async (id) => {
      let written = 1;
      while (!end.signal.aborted) written += (await trail.append(id, '2026-01-20'), 1);
      return written;
    });
    for (const name of ['1', '2', '3', '4', '5']) expect((await trail.archive(name, '2026-02-01')).exitCode).toBe(0);
    end.abort();
    const written = await Promise.all(writers);
    const { exitCode, out } = await trail.verifyFiles('1', '2', '3', '4', '5');
    expect(exitCode).toBe(0);
    const numbers = [...out.matchAll(/(?:verified|archived): (\d+)/g)].map(([, count]) => Number(count));
    const [left = 0, archived = 0, inFiles = 0] = numbers;
    expect(archived).toBe(inFiles);
    expect(left - 5 + archived).toBe(written.reduce((total, one) => total + one, 0));
  });

  it('is made by one run at a time', async () => {
    await trail.appendAll(['1', '2'], '2026-01');
    const run = await interleave(trail.owner, {
      lock: (other) => other.query('LOCK TABLE mfa_audit_anchor IN EXCLUSIVE MODE'),
      work: async () => trail.archive('1', '2026-02-01'),
      change: async () => {
        const words = ['audit', 'archive', '--before', '2026-02-01', trail.at('2')];
        const second = runCommandLine(
          operatorsProgram(() => trail.settings),
          words,
        );
        await expect(second).rejects.toThrow('Another run of audit archive is under way.');
      },
    });
    expect(run).toMatchObject({ exitCode: 0 });
    expect(await readdir(trail.folder)).toEqual(['1']);
  });
});

describe('What the owner of the trail does without audit archive', () => {
  const ANCHORS = 'operator audit-archive, entry 1: the chains begin behind other entries than were archived';
  let trail: ArchivedTrail;

  beforeAll(async () => {
    trail = await ArchivedTrail.open();
    await trail.archiveMonths(1);
    await trail.keep();
  });
  afterAll(() => trail.close());
  afterEach(async () => {
    await trail.restore();
    expect((await trail.verify()).exitCode).toBe(0);
  });

  it.each([
    ['DELETE FROM mfa_audit_event', 'only entries up to an anchor can be removed'],
    [`DELETE FROM mfa_audit_event WHERE account_id = '1' AND sequence = 2`, 'only entries up to an anchor'],
    [`DELETE FROM mfa_audit_event WHERE event = 'archived'`, 'only entries up to an anchor can be removed'],
    ['TRUNCATE mfa_audit_event', 'mfa_audit_event is append-only'],
    [`UPDATE mfa_audit_event SET reason = 'none'`, 'mfa_audit_event is append-only'],
    ['DELETE FROM mfa_audit_anchor', 'mfa_audit_anchor is append-only'],
    ['TRUNCATE mfa_audit_anchor', 'mfa_audit_anchor is append-only'],
    ['UPDATE mfa_audit_anchor SET sequence = 1', 'only moves forward'],
    [`UPDATE mfa_audit_anchor SET account_id = '3' WHERE account_id = '1'`, 'only moves forward'],
    [`UPDATE mfa_audit_anchor SET sequence = 2`, 'is an entry of mfa_audit_event'],
    [`INSERT INTO mfa_audit_anchor VALUES ('customer', '3', 1, 'forged')`, 'is an entry of mfa_audit_event'],
    [
      `INSERT INTO mfa_audit_anchor SELECT account_kind, account_id, sequence, hash FROM mfa_audit_event
       WHERE event = 'archived'`,
      'ck_mfa_audit_anchor_kind',
    ],
  ])('is refused: %s', async (statement, text) => {
    await expect(trail.owner.query(statement)).rejects.toThrow(text);
  });

  it.each([
    [
      'an anchor that was moved forward, and the entries before it removed',
      [
        `UPDATE mfa_audit_anchor a SET sequence = e.sequence, hash = e.hash FROM mfa_audit_event e
         WHERE a.account_id = '1' AND e.account_id = '1' AND e.sequence = 2`,
        `DELETE FROM mfa_audit_event WHERE account_id = '1' AND sequence = 2`,
      ],
      [ANCHORS],
    ],
    [
      'an anchor that was moved forward alone',
      [
        `UPDATE mfa_audit_anchor a SET sequence = e.sequence, hash = e.hash FROM mfa_audit_event e
         WHERE a.account_id = '1' AND e.account_id = '1' AND e.sequence = 2`,
      ],
      ['customer 1, entry 2: inserted', ANCHORS],
    ],
    [
      'an anchor that was moved back',
      [`UPDATE mfa_audit_anchor SET sequence = 0, hash = '' WHERE account_id = '1'`],
      ['customer 1, entry 1: removed', ANCHORS],
    ],
    [
      'an anchor with another hash',
      [`UPDATE mfa_audit_anchor SET hash = sha256('other') WHERE account_id = '1'`],
      ['customer 1, entry 2: changed', ANCHORS],
    ],
    [
      'an anchor that was deleted',
      [`DELETE FROM mfa_audit_anchor WHERE account_id = '1'`],
      ['customer 1, entry 1: removed', ANCHORS],
    ],
    [
      'the archived entry that was deleted',
      [`DELETE FROM mfa_audit_event WHERE event = 'archived'`],
      [
        'operator audit-archive: all entries removed',
        'operator audit-archive: the chains begin behind other entries than were archived',
      ],
    ],
    [
      'the archived entry that was deleted with its chain',
      [
        `DELETE FROM mfa_audit_event WHERE event = 'archived'`,
        `DELETE FROM mfa_audit_chain WHERE account_kind = 'operator'`,
      ],
      ['operator audit-archive: the chains begin behind other entries than were archived'],
    ],
    [
      'the archived entry that was changed',
      [`UPDATE mfa_audit_event SET details = details || '{"entries": 1}' WHERE event = 'archived'`],
      ['operator audit-archive, entry 1: changed'],
    ],
    [
      'the entry behind an anchor that was deleted',
      [`DELETE FROM mfa_audit_event WHERE account_id = '1' AND sequence = 2`],
      ['customer 1, entry 2: removed'],
    ],
    [
      'all entries behind an anchor that were deleted',
      [`DELETE FROM mfa_audit_event WHERE account_id = '1'`],
      ['customer 1, entry 2: removed'],
    ],
    [
      'those, and an end of the chain that is before the anchor, or is missing',
      [
        `DELETE FROM mfa_audit_event WHERE account_kind = 'customer'`,
        `UPDATE mfa_audit_chain SET sequence = 0 WHERE account_id = '1'`,
        `DELETE FROM mfa_audit_chain WHERE account_id = '2'`,
      ],
      ['customer 1, entry 1: inserted', 'customer 2, entry 1: inserted'],
    ],
    [
      'an entry that stands again where one was archived',
      [
        `INSERT INTO mfa_audit_event SELECT (jsonb_populate_record(e, '{"sequence": 1}')).* FROM mfa_audit_event e
         WHERE account_id = '1' AND sequence = 2`,
      ],
      ['customer 1, entry 1: inserted'],
    ],
  ])('is found: %s', async (_, statements, faults) => {
    await trail.tamper(...statements);
    const { exitCode, out, err } = await trail.verify();
    expect(exitCode).toBe(1);
    expect(out.split('\n').filter((line) => line.includes(':') && !line.startsWith('Entries'))).toEqual(faults);
    expect(err).toContain(`ProgramError: Faults in the audit trail: ${faults.length}`);
  });

  it('is not hidden by another archive', async () => {
    await trail.tamper(`DELETE FROM mfa_audit_event WHERE account_id = '1' AND sequence = 2`);
    await trail.owner.query(
      `UPDATE mfa_audit_anchor a SET sequence = e.sequence, hash = e.hash FROM mfa_audit_event e
       WHERE a.account_id = '1' AND e.account_id = '1' AND e.sequence = 3`,
    );
    const { exitCode, err } = await trail.archive('2', '2026-03-01');
    const text = 'Nothing was archived: the chains do not begin where the last archive ended. See audit verify.';
    expect([exitCode, err]).toEqual([1, `ProgramError: ${text}`]);
  });
});

describe('The export of a trail of which something is archived', () => {
  let trail: ArchivedTrail;

  beforeEach(async () => {
    trail = await ArchivedTrail.open();
  });
  afterEach(() => trail.close());

  const exported = (...options: string[]): Promise<Run> =>
    runCli(trail.settings, 'audit', 'export', trail.at('export'), ...options);

  it('says that entries before the end of the archives are not in it', async () => {
    await trail.archiveMonths(1);
    const text = 'Entries before 2026-02-01T00:00:00.000Z were archived, and are not in the export.\n';
    expect((await exported()).err).toContain(text);
    expect((await exported('--since', '2026-01-31T23:59:59Z')).err).toContain(text);
    expect((await exported('--since', '2026-02-01')).err).not.toContain('archived');
    const events = (await trail.linesOf('export')).map((line) => JSON.parse(line).event);
    expect(events.toSorted()).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'archived']);
  });
});

describe('The migration back', () => {
  let trail: ArchivedTrail;

  beforeEach(async () => {
    trail = await ArchivedTrail.open();
  });
  afterEach(() => trail.close());

  it('is refused while something is archived, and changes nothing', async () => {
    await trail.archiveMonths(1);
    const options = { url: trail.database.url, applicationName: 'test', entities: [], migrations: MIGRATIONS };
    const source = await new DataSource(dataSourceOptions(options)).initialize();
    const back = async (): Promise<void> => {
      for (const _ of MIGRATIONS) await source.undoLastMigration();
    };
    await expect(back()).rejects.toThrow('the version before cannot verify what is left');
    await source.runMigrations();
    await source.destroy();
    expect(await trail.verifyFiles('1')).toMatchObject({ exitCode: 0 });
  });
});
