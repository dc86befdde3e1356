import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, type TestApp } from '#testing';
import { activateAt, startShop } from '../test/protected-shop.js';
import { runCli, type Run } from '../test/run-cli.js';

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
