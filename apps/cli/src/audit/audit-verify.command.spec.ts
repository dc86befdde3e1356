import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, afterEach, beforeEach } from 'vitest';
import { createCustomer, type TestApp, testSettings } from '#testing';
import { ArchivedTrail } from '../../test/archived-trail.js';
import { activateAt, startShop } from '../../test/protected-shop.js';
import { runCli, type Run } from '../../test/run-cli.js';

let shop: TestApp;
let folder: string;

beforeAll(async () => {
  shop = await startShop();
  folder = await mkdtemp(join(tmpdir(), 'sallyport-audit-'));
  for (let n = 0; n < 2; n += 1) await activateAt(shop, (await createCustomer(shop.dataSource)).email);
});

afterAll(async () => {
  await shop.stop();
  await rm(folder, { recursive: true });
});

const verify = (...options: string[]): Promise<Run> => runCli(shop.settings, 'audit', 'verify', ...options);

/** What only the owner of the tables can do. */
const tamper = async (statement: string): Promise<void> => {
  await shop.dataSource.query('ALTER TABLE mfa_audit_event DISABLE TRIGGER USER');
  await shop.dataSource.query(statement);
  await shop.dataSource.query('ALTER TABLE mfa_audit_event ENABLE TRIGGER USER');
};

async function isVerificationWaiting(): Promise<boolean> {
  const rows = await shop.dataSource.query(
    `SELECT FROM pg_stat_activity WHERE application_name = 'sallyport-cli' AND wait_event_type = 'Lock'
     AND datname = current_database()`,
  );
  return rows.length > 0;
}

describe('The verification of the audit trail', () => {
  it('says that a whole trail is whole, and keeps the ends of its chains where it is asked to', async () => {
    const checkpoints = join(folder, 'checkpoints');
    const { exitCode, out } = await verify('--keep', checkpoints);
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: 'Entries that were verified: 6\nThe audit trail is whole.\n',
    });
    expect((await readFile(checkpoints, 'utf8')).trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^\["customer","\d+","3","[0-9a-f]{64}"\]$/),
      expect.stringMatching(/^\["customer","\d+","3","[0-9a-f]{64}"\]$/),
      '{"chains":2}',
    ]);
    expect((await stat(checkpoints)).mode & 0o777).toBe(0o600);
    expect(await verify('--keep', checkpoints)).toMatchObject({
      exitCode: 1,
      err: `ProgramError: ${checkpoints} is there already.`,
    });
    expect(await verify('--against', checkpoints)).toMatchObject({ exitCode: 0 });
  });

  it('names what is wrong, ends with exit code 1, and leaves no file behind', async () => {
    const [{ id }] = await shop.dataSource.query(`SELECT min(account_id) AS id FROM mfa_audit_event`);
    await tamper(`UPDATE mfa_audit_event SET event = 'accepted' WHERE account_id = '${id}' AND sequence = 2`);
    const { exitCode, out, err } = await verify('--keep', join(folder, 'never'));
    expect(exitCode).toBe(1);
    expect(out).toContain(`customer ${id}, entry 2: changed\n`);
    expect(err).toContain('ProgramError: Faults in the audit trail: 1');
    expect(await readdir(folder)).toEqual(['checkpoints']);
    await tamper(`UPDATE mfa_audit_event SET event = 'code-sent' WHERE account_id = '${id}' AND sequence = 2`);
    expect((await verify()).exitCode).toBe(0);
  });

  it('leaves no file behind when it is interrupted', async () => {
    const others = process.listeners('SIGINT');
    const run = await shop.dataSource.transaction(async (other) => {
      await other.query('LOCK TABLE mfa_audit_event IN ACCESS EXCLUSIVE MODE');
      const begun = verify('--keep', join(folder, 'never'));
      while (!(await isVerificationWaiting())) continue;
      expect(await readdir(folder)).toHaveLength(2);
      const ownListeners = process.listeners('SIGINT').filter((listener) => !others.includes(listener));
      for (const interrupt of ownListeners) interrupt('SIGINT');
      return { begun };
    });
    expect(await run.begun).toMatchObject({ exitCode: 1, err: expect.stringContaining('ProgramError: Interrupted.') });
    expect(await readdir(folder)).toEqual(['checkpoints']);
  });

  it('finds by kept ends what was written anew as a whole', async () => {
    const [{ id }] = await shop.dataSource.query(`SELECT max(account_id) AS id FROM mfa_audit_event`);
    await tamper(`DELETE FROM mfa_audit_event WHERE account_id = '${id}'`);
    await tamper(`DELETE FROM mfa_audit_chain WHERE account_id = '${id}'`);
    await tamper(`DELETE FROM mfa_factor WHERE account_id = '${id}'`);
    expect((await verify()).exitCode).toBe(0);
    const { exitCode, out } = await verify('--against', join(folder, 'checkpoints'));
    expect(exitCode).toBe(1);
    expect(out).toContain(`customer ${id}, entry 3: removed\n`);
  });

  it('keeps and shows ids of any text on one line', async () => {
    const id = 'nobody 1\n\u001b[2J';
    await shop.dataSource.query(
      `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id)
       VALUES ('user', $1, 'accepted', now(), 'user', $1)`,
      [id],
    );
    const checkpoints = join(folder, 'texts');
    expect((await verify('--keep', checkpoints)).exitCode).toBe(0);
    expect((await verify('--against', checkpoints)).exitCode).toBe(0);
    await tamper(`UPDATE mfa_audit_event SET reason = 'none' WHERE account_kind = 'user'`);
    expect((await verify()).out).toContain('user "nobody 1\\n\\u001b[2J", entry 1: changed\n');
    await tamper(`UPDATE mfa_audit_event SET reason = NULL WHERE account_kind = 'user'`);
  });

  it('refuses files that are none of its own, or not whole', async () => {
    const file = join(folder, 'other');
    await writeFile(file, '');
    expect((await verify('--against', file)).err).toContain(`${file} was cut off`);
    const lines = (await readFile(join(folder, 'checkpoints'), 'utf8')).trimEnd().split('\n');
    await writeFile(file, lines.slice(0, -1).join('\n'));
    expect((await verify('--against', file)).err).toContain(`${file} was cut off`);
    await writeFile(file, lines.slice(1).join('\n'));
    expect((await verify('--against', file)).err).toContain('line 2 is no end of a chain.');
    await writeFile(file, 'hello\n');
    expect((await verify('--against', file)).err).toContain(`${file}, line 1 is no end of a chain.`);
    expect((await verify('--against', join(folder, 'none'))).err).toContain('cannot be read (ENOENT)');
    expect((await verify('--keep', join(folder, 'no', 'such'))).err).toContain('cannot be written (ENOENT)');
  });
});

describe('The verification of archives', () => {
  /** Three files; in each of them the lines 2 and 3 are entries, of the accounts 1 and 2. */
  let trail: ArchivedTrail;
  let files: Map<string, Buffer>;

  beforeAll(async () => {
    trail = await ArchivedTrail.open();
    await trail.archiveMonths(3);
    files = new Map();
    for (const name of ['1', '2', '3']) files.set(trail.at(name), await readFile(trail.at(name)));
  });
  afterAll(() => trail.close());
  afterEach(async () => {
    for (const [path, content] of files) await writeFile(path, content);
  });

  it.each<[string, (lines: string[]) => readonly string[], string]>([
    [
      'a line that was changed',
      (lines) => lines.map((line, n) => (n === 1 ? line.replace('accepted', 'refused') : line)),
      'line 2: customer 1, entry 2 was changed\n',
    ],
    [
      'a hash that was changed',
      (lines) => lines.map((line, n) => (n === 2 ? line.replace(/"hash" : ".{4}/, '"hash" : "0000') : line)),
      'line 3: customer 2, entry 2 was changed\n',
    ],
    [
      'the hash before that was changed',
      (lines) =>
        lines.map((line, n) => (n === 2 ? line.replace(/"previousHash" : ".{4}/, '"previousHash" : "0000') : line)),
      'line 3: customer 2, entry 2 does not follow the entry before it\n',
    ],
    [
      'a line that was removed',
      (lines) => lines.toSpliced(1, 1),
      'line 3 is missing: by its first line the archive has 2 entries.',
    ],
    [
      'a line that was removed, and the count',
      (lines) => [lines[0]!.replace(':2}', ':1}'), lines[2]!],
      'line 2: customer 1, entry 3 stands where entry 2 should be\n',
    ],
    [
      'a line too many',
      (lines) => [...lines, lines[1]!.replace('"1"', '"3"')],
      'line 4 is one too many: by its first line the archive has 2 entries.',
    ],
    ['lines in another order', (lines) => [lines[0]!, lines[2]!, lines[1]!], 'line 3 is in the wrong place.'],
    ['a line twice', (lines) => [lines[0]!, lines[1]!, lines[1]!], 'line 3 is in the wrong place.'],
    ['a line that is no entry', (lines) => [lines[0]!, '{}', lines[2]!], 'line 2 is no entry of an archive.'],
    ['a first line that is another', (lines) => lines.slice(1), 'line 1 is not the first line of an archive.'],
    [
      'a first line that names another archive before',
      (lines) => [lines[0]!.replace(/"former":".{4}/, '"former":"0000'), ...lines.slice(1)],
      'line 1: does not follow ',
    ],
    [
      'another moment in the first line',
      (lines) => [lines[0]!.replace('2026-03', '2026-02'), ...lines.slice(1)],
      'line 1: no archived entry of this database names its SHA-256',
    ],
  ])('names %s', async (_, edit, text) => {
    await trail.change('2', edit);
    const { exitCode, out, err } = await trail.verifyFiles('1', '2', '3');
    expect(exitCode).toBe(1);
    expect(`${out}${err}`).toContain(text);
  });

  it('names a file that was cut off within a line, is empty, or is not there', async () => {
    await writeFile(trail.at('2'), (await readFile(trail.at('2'))).subarray(0, -10));
    expect((await trail.verifyFiles('1', '2', '3')).err).toContain(`${trail.at('2')}, line 3 was cut off.`);
    await writeFile(trail.at('2'), '');
    expect((await trail.verifyFiles('2')).err).toContain(
      `${trail.at('2')}, line 1 is not the first line of an archive.`,
    );
    expect((await trail.verifyFiles('none')).err).toContain(`${trail.at('none')} does not exist.`);
  });

  it('finds without a database what does not follow from the lines', async () => {
    await trail.change('2', (lines) => lines.map((line) => line.replace('accepted', 'refused')));
    const nowhere = testSettings({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', smtpUrl: 'smtp://127.0.0.1' });
    const { exitCode, out, err } = await runCli(
      nowhere,
      'audit',
      'verify',
      '--offline',
      '--file',
      ...['1', '2', '3'].map((name) => trail.at(name)),
    );
    expect([exitCode, err]).toEqual([1, expect.stringContaining('ProgramError: Faults in the archives: 3')]);
    expect(out).toContain(`${trail.at('2')}, line 2: customer 1, entry 2 was changed\n`);
    expect(out).toContain(`${trail.at('3')}, line 1: does not follow ${trail.at('2')}\n`);
  });

  it('finds an archive between two others that was left out, and another order', async () => {
    const gap = await trail.verifyFiles('1', '3');
    expect(gap.exitCode).toBe(1);
    expect(gap.out).toContain(`${trail.at('3')}, line 1: does not follow ${trail.at('1')}\n`);
    expect(gap.out).toContain(`${trail.at('3')}, line 2: customer 1, entry 3 stands where entry 2 should be\n`);
    expect((await trail.verifyFiles('2', '1')).out).toContain(
      `${trail.at('1')}, line 1: does not follow ${trail.at('2')}\n`,
    );
  });

  it.each([
    [['1'], 'line 1: no archived entry of this database names its SHA-256: it was changed, or is of another database'],
    [['1', '77'], 'line 3: customer 77, entry 1 was not archived from this database'],
  ])('names the first line that can only be of another installation: accounts %j', async (ids, text) => {
    const other = await ArchivedTrail.open();
    await other.appendAll(ids, '2026-01');
    await other.archive('other', '2026-02-01');
    expect(await other.verify('--offline', '--file', other.at('other'))).toMatchObject({ exitCode: 0 });
    const { exitCode, out } = await trail.verify('--file', other.at('other'));
    expect(exitCode).toBe(1);
    expect(out).toContain(`${other.at('other')}, ${text}`);
    await other.close();
  });

  it.each([
    ['--offline', '--offline needs --file, and neither --keep nor --against.'],
    ['--offline --file x --keep y', '--offline needs --file, and neither --keep nor --against.'],
  ])('refuses %s in one line', async (words, text) => {
    expect(await trail.verify(...words.split(' '))).toEqual({ exitCode: 1, out: '', err: `ProgramError: ${text}` });
  });
});

describe('Ends of chains that were kept before an archive', () => {
  let trail: ArchivedTrail;

  beforeEach(async () => {
    trail = await ArchivedTrail.open();
  });
  afterEach(() => trail.close());

  it('are compared where they are the last archived, or in the archives', async () => {
    await trail.appendAll(['1', '2'], '2026-01');
    expect((await trail.verify('--keep', trail.at('checkpoints'))).exitCode).toBe(0);
    await trail.archive('1', '2026-02-01');
    expect(await trail.verify('--against', trail.at('checkpoints'))).toMatchObject({
      exitCode: 0,
      out: expect.not.stringContaining('not compared'),
    });
    await trail.appendAll(['1'], '2026-02');
    await trail.archive('2', '2026-03-01');
    const alone = await trail.verify('--against', trail.at('checkpoints'));
    expect(alone.exitCode).toBe(0);
    expect(alone.out).toContain('Kept entries that are archived, and were not compared: 1; --file does it\n');
    const withFiles = await trail.verify('--against', trail.at('checkpoints'), '--file', trail.at('1'), trail.at('2'));
    expect(withFiles).toMatchObject({ exitCode: 0, out: expect.not.stringContaining('not compared') });
    const withoutOne = await trail.verify('--against', trail.at('checkpoints'), '--file', trail.at('2'));
    expect(withoutOne.exitCode).toBe(1);
    expect(withoutOne.out).toContain('customer 1, entry 1: in none of the archives\n');
  });

  it('tell when another entry was archived in their place', async () => {
    await trail.appendAll(['1', '2'], '2026-01');
    await trail.verify('--keep', trail.at('checkpoints'));
    await trail.tamper(`DELETE FROM mfa_audit_event`, `DELETE FROM mfa_audit_chain`);
    await trail.append('1', '2026-01-16');
    await trail.append('2', '2026-01-16');
    await trail.append('1', '2026-01-17');
    await trail.archive('1', '2026-02-01');
    const { exitCode, out } = await trail.verify('--against', trail.at('checkpoints'), '--file', trail.at('1'));
    expect(exitCode).toBe(1);
    expect(out).toContain('customer 2, entry 1: changed\n');
    expect(out).toContain(`${trail.at('1')}, line 2: customer 1, entry 1 is another one than was kept\n`);
  });

  it('are kept also of chains of which everything is archived', async () => {
    await trail.appendAll(['1'], '2026-01');
    await trail.archive('1', '2026-02-01');
    await trail.verify('--keep', trail.at('checkpoints'));
    const checkpoints = await trail.linesOf('checkpoints');
    expect(checkpoints).toEqual([
      expect.stringContaining('["operator","audit-archive","1",'),
      expect.stringContaining('["customer","1","1",'),
      '{"chains":2}',
    ]);
    expect(await trail.verify('--against', trail.at('checkpoints'))).toMatchObject({ exitCode: 0 });
    await trail.tamper(`UPDATE mfa_audit_anchor SET hash = sha256('other')`);
    expect((await trail.verify('--against', trail.at('checkpoints'))).out).toContain('customer 1, entry 1: changed\n');
  });
});
