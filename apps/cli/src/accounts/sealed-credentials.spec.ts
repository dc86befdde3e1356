import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newEncryptionKey } from '#platform';
import { createCustomer, createUser, mailedCode, type TestApp } from '#testing';
import {
  codeAt,
  enrolAuthenticator,
  makeRecoveryCodes,
  nextCode,
  activateAt,
  loginAt,
  orderAt,
  startShop,
} from '../../test/protected-shop.js';
import { type Run, runCli } from '../../test/run-cli.js';
import { withMfaAt } from '../mfa/operators-mfa.js';
import { readTransportKey } from './accounts.command.js';

let source: TestApp;
let target: TestApp;
let folder: string;
let file: string;
let keyFile: string;

beforeAll(async () => {
  [source, target] = await Promise.all([startShop(), startShop()]);
});

afterAll(() => Promise.all([source.stop(), target.stop()]));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-sealed-'));
  file = join(folder, 'accounts.ndjson');
  keyFile = keyFileOf('move');
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  for (const { dataSource } of [source, target]) {
    await dataSource.query('TRUNCATE customer, user_account, mfa_account RESTART IDENTITY CASCADE');
  }
});

function keyFileOf(id: string, content = `${id}:${newEncryptionKey()}\n`): string {
  const path = join(folder, `${id}.key`);
  writeFileSync(path, content);
  return path;
}

const exported = (...options: string[]): Promise<Run> =>
  runCli(source.settings, 'accounts', 'export', file, ...options);
const imported = (...options: string[]): Promise<Run> =>
  runCli(target.settings, 'accounts', 'import', file, ...options);
const text = (): string => readFileSync(file, 'utf8');
const entries = (): any[] =>
  text()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const rewrite = (change: (entry: any) => void): void =>
  writeFileSync(
    file,
    entries()
      .map((entry) => (change(entry), `${JSON.stringify(entry)}\n`))
      .join(''),
  );

const ofTarget = async (table: string): Promise<any[]> => target.dataSource.query(`SELECT * FROM ${table}`);

/** The shops have clocks of their own. */
function codeThere(secret: string): string {
  target.clock.advance(Math.max(0, (source.clock.now().getTime() - target.clock.now().getTime()) / 1000));
  return nextCode(target, secret);
}

const enrolled = async () => {
  const { email, customerReference } = await createCustomer(source.dataSource);
  return { email, customerReference, ...(await enrolAuthenticator(source, email)) };
};

const ownerOf = ({ customerReference }: { customerReference: string }) =>
  ({ kind: 'customer', naturalKey: customerReference }) as const;

/** The form of a sealed secret: nonce, what is sealed, tag. */
function sealedBy(key: Uint8Array, owner: readonly string[], secret: Uint8Array): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(JSON.stringify(owner)));
  return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

const SECRETS_STAY = 'because what is kept of them goes along only with --seal-for';
const NEVER_MOVES = 'because what is kept of them is good in this installation alone, such as recovery codes';

describe('Accounts with what methods keep of them, moved with a key', () => {
  it('go on with the same authenticator app, under another id and another key', async () => {
    await createUser(source.dataSource);
    const { email, secret } = await enrolled();
    await createCustomer(target.dataSource);
    expect(await exported('--seal-for', keyFile)).toMatchObject({
      exitCode: 0,
      err: expect.stringContaining('Accounts that were exported: 2\n'),
    });
    expect((await imported('--sealed-for', keyFile)).err).toContain('Accounts that were imported: 2\n');
    const token = await loginAt(target, email);
    expect(await orderAt(target, token)).toBe('403 5900');
    expect(await orderAt(target, token, codeThere(secret))).toBe('201');
    const [{ account_id: id, key_id: keyId }] = await ofTarget('mfa_credential');
    expect([id, keyId]).toEqual(['2', 'test']);
    expect((await runCli(target.settings, 'mfa', 'show', 'customer', email)).out).toMatch(/kept for totp/);
  });

  it('bring the last step along: a code that was used there is used here', async () => {
    const { email, token, secret } = await enrolled();
    const used = nextCode(source, secret);
    expect(await orderAt(source, token, used)).toBe('201');
    await exported('--seal-for', keyFile);
    await imported('--sealed-for', keyFile);
    const there = await loginAt(target, email);
    target.clock.advance((source.clock.now().getTime() - target.clock.now().getTime()) / 1000);
    expect(await orderAt(target, there, codeAt(secret, source.clock.now()))).toBe('403 5901');
    expect(await orderAt(target, there, nextCode(target, secret))).toBe('201');
  });

  it('are in a file that has no secret and nothing that the key of the installation has sealed', async () => {
    const { secret } = await enrolled();
    await exported('--seal-for', keyFile);
    const [{ sealed }] = await source.dataSource.query(
      `SELECT translate(encode(sealed, 'base64'), E'\\n', '') AS sealed FROM mfa_credential`,
    );
    for (const kept of [secret, sealed]) expect(text()).not.toContain(kept);
    expect(entries()[0].mfa).toMatchObject({ credentials: [{ method: 'totp', keyId: 'move' }] });
  });

  it('have no sealed secret in their audit trail', async () => {
    await enrolled();
    await exported('--seal-for', keyFile);
    await imported('--sealed-for', keyFile);
    const [entry] = await target.dataSource.query(
      `SELECT details FROM mfa_audit_event WHERE event = 'imported' ORDER BY occurred_at DESC LIMIT 1`,
    );
    expect(entry.details).toEqual({ methods: [{ method: 'totp', status: 2, activatedAt: expect.any(String) }] });
  });

  it('are refused with the line by another key, for another account, and after a change', async () => {
    await enrolled();
    await enrolled();
    await exported('--seal-for', keyFile);
    const lineOf = (run: Run): string[] => run.err.slice(run.err.indexOf('ProgramError')).split('\n').slice(1);
    expect(lineOf(await imported('--sealed-for', keyFileOf('other')))).toEqual([
      'line 1: mfa.credentials[0]: is sealed for the key move, not for other',
      'line 2: mfa.credentials[0]: is sealed for the key move, not for other',
    ]);
    const cannot =
      'mfa.credentials[0]: cannot be opened by the key move: it is of another key or account, or was changed';
    expect(lineOf(await imported('--sealed-for', keyFileOf('move')))).toEqual([
      `line 1: ${cannot}`,
      `line 2: ${cannot}`,
    ]);
    keyFile = keyFileOf('move');
    await exported('--seal-for', keyFile);
    const [first, second] = entries();
    rewrite((entry) => {
      if (entry.email === second.email) entry.mfa.credentials[0].sealed = first.mfa.credentials[0].sealed;
    });
    expect(lineOf(await imported('--sealed-for', keyFile))).toEqual([`line 2: ${cannot}`]);
    expect(await ofTarget('customer')).toEqual([]);
  });

  it('are refused with the line where credentials are malformed', async () => {
    await enrolled();
    await exported('--seal-for', keyFile);
    rewrite(({ mfa }) => {
      mfa.credentials.push({ ...mfa.credentials[0], sealed: '{}', counter: 1, publicData: { a: '\u0000' }, extra: 1 });
    });
    const { err } = await imported('--sealed-for', keyFile);
    expect(err.slice(err.indexOf('line 1')).split('\n').toSorted()).toEqual([
      'line 1: mfa.credentials[1].counter: must be text',
      'line 1: mfa.credentials[1].extra: is not a member of an account',
      'line 1: mfa.credentials[1].publicData: holds a character that cannot be stored',
      'line 1: mfa.credentials[1].sealed: must be base64',
    ]);
    rewrite(({ mfa }) => {
      mfa.credentials = [mfa.credentials[0], mfa.credentials[0]];
    });
    expect((await imported('--sealed-for', keyFile)).err).toContain('line 1: mfa.credentials: must have each id once');
    rewrite(({ mfa }) => {
      mfa.methods = [];
      mfa.credentials.pop();
    });
    const { err: withoutMethod } = await imported('--sealed-for', keyFile);
    expect(withoutMethod).toContain('line 1: mfa.credentials: must be of methods that are active');
  });

  it('are not exported where something cannot be opened', async () => {
    const { email, customerReference } = await enrolled();
    await source.dataSource.query(`UPDATE mfa_credential SET key_id = 'gone'`);
    expect(await exported('--seal-for', keyFile)).toMatchObject({
      exitCode: 1,
      err: 'ProgramError: Nothing was exported: MFA_ENCRYPTION_KEYS has no key with the id: gone.',
    });
    await source.dataSource.query(`UPDATE mfa_credential SET key_id = 'test', sealed = '\\x00'`);
    const { exitCode, err } = await exported('--seal-for', keyFile);
    expect(exitCode).toBe(1);
    expect(err).toContain(`ProgramError: What is kept of the customer ${customerReference} cannot be opened`);
    await runCli(source.settings, 'mfa', 'remove', 'customer', email, '--reason', 'cannot be opened');
    expect((await exported('--seal-for', keyFile)).exitCode).toBe(0);
  });
});

describe('Accounts with what methods keep of them, moved without a key', () => {
  it('leave these methods behind at the export, which says how many', async () => {
    const { email } = await enrolled();
    await enrolled();
    const { err } = await exported();
    expect(err).toContain(`Methods that were left out, ${SECRETS_STAY}: 2 of 2 accounts\n`);
    expect(text()).not.toContain('totp');
    expect((await imported()).err).not.toContain('left out');
    expect(await orderAt(target, await loginAt(target, email))).toBe('201');
  });

  it('leave these methods behind at the import, which says how many', async () => {
    const { email } = await enrolled();
    await exported('--seal-for', keyFile);
    const leftOut = 'Methods that were left out, because what is kept of them needs --sealed-for: 1 of 1 accounts\n';
    for (const options of [['--dry-run'], []]) expect((await imported(...options)).err).toContain(leftOut);
    expect(await ofTarget('mfa_factor')).toEqual([]);
    expect(await ofTarget('mfa_credential')).toEqual([]);
    expect(await orderAt(target, await loginAt(target, email))).toBe('201');
  });

  it('are not protected by a method of which the file has nothing', async () => {
    await enrolled();
    await exported('--seal-for', keyFile);
    rewrite(({ mfa }) => {
      delete mfa.credentials;
    });
    const { err } = await imported('--sealed-for', keyFile);
    expect(err).toContain(
      'Methods that were left out, because the file has nothing of what they need: 1 of 1 accounts\n',
    );
    expect(await ofTarget('mfa_factor')).toEqual([]);
  });
});

describe('What moves and what stays', () => {
  it('moves what is kept of a user too, sealed for the account that it gets', async () => {
    await enrolled();
    const { uuid } = await createUser(source.dataSource);
    await exported('--seal-for', keyFile);
    const key = await readTransportKey(keyFile);
    const [customer, user] = entries();
    await withMfaAt(target.settings, target.databaseUrl, async ({ accountCopies }) => {
      const [credential] = customer.mfa.credentials;
      const secret = accountCopies.openCopy(ownerOf(customer), credential, key)!;
      const owner = ['copy', 'user', uuid, credential.method, credential.id];
      user.mfa = { ...customer.mfa, credentials: [{ ...credential, sealed: sealedBy(key.key, owner, secret) }] };
    });
    writeFileSync(file, `${JSON.stringify(user)}\n`);
    await createUser(target.dataSource);
    expect((await imported('--sealed-for', keyFile)).err).toContain('Accounts that were imported: 1\n');
    expect(await ofTarget('mfa_credential')).toMatchObject([{ account_kind: 'user', account_id: '2' }]);
    const { mfaEncryptionKeys } = target.settings;
    const next = { id: 'next', key: Buffer.from(newEncryptionKey(), 'base64') as never };
    const settings = { ...target.settings, mfaEncryptionKeys: () => [next, ...mfaEncryptionKeys()] };
    // it is opened under the new id
    expect((await runCli(settings, 'mfa', 'reseal')).out).toBe('Credentials: 1 looked at, 1 sealed by the key next\n');
  });

  it('leaves out what is left of accounts that ended', async () => {
    const { id } = await createCustomer(source.dataSource);
    await source.dataSource.query(
      `INSERT INTO mfa_account (account_kind, account_id, ended_at) VALUES ('customer', $1, now())`,
      [id],
    );
    await exported();
    expect(entries()[0].mfa).toBe(null);
  });

  it('takes methods along of which nothing is kept, and leaves recovery codes', async () => {
    const { email } = await createCustomer(source.dataSource);
    const { secret } = await enrolAuthenticator(source, email);
    const token = await loginAt(source, email);
    const code = nextCode(source, secret);
    await source.api.post('/multi-factor-auth-type-activate', { type: 'email' }, { token, code });
    const mailed = mailedCode(source.mailbox, email);
    await source.api.post('/multi-factor-auth-type-verify', { type: 'email' }, { token, code: mailed });
    const [recoveryCode] = await makeRecoveryCodes(source, token, mailed);
    const { err } = await exported('--seal-for', keyFile);
    expect(err).toContain(`Methods that were left out, ${NEVER_MOVES}: 1 of 1 accounts\n`);
    expect(err).not.toContain(SECRETS_STAY);
    await imported('--sealed-for', keyFile);
    expect((await ofTarget('mfa_factor')).map(({ method }) => method).toSorted()).toEqual(['email', 'totp']);
    expect(await orderAt(target, await loginAt(target, email), recoveryCode)).toBe('403 5901');
  });

  it('says nothing of what was left out where nothing was', async () => {
    const { email } = await createCustomer(source.dataSource);
    await activateAt(source, email);
    for (const options of [[], ['--seal-for', keyFile]]) {
      expect((await exported(...options)).err).not.toContain('left out');
    }
    expect((await imported()).err).not.toContain('left out');
  });

  it('leaves a set-up behind that was not verified, with its secret', async () => {
    const { email } = await createCustomer(source.dataSource);
    const token = await loginAt(source, email);
    await source.api.post('/multi-factor-auth-type-activate', { type: 'totp' }, { token });
    expect((await exported('--seal-for', keyFile)).err).not.toContain('left out');
    expect(entries()[0].mfa.methods).toEqual([]);
    expect(text()).not.toContain('sealed');
  });
});

describe('The file with the key', () => {
  it.each([
    ['two keys', () => keyFileOf('two', `a:${newEncryptionKey()},b:${newEncryptionKey()}`)],
    ['a short key', () => keyFileOf('short', 'a:c2hvcnQ=')],
    ['no key', () => keyFileOf('none', '')],
  ])('is refused with %s, and its content is not shown', async (_, path) => {
    const given = path();
    const refused = { exitCode: 1, err: `ProgramError: ${given} must hold one key, as id:base64 of 32 bytes.` };
    expect(await exported('--seal-for', given)).toMatchObject(refused);
    expect(await imported('--sealed-for', given)).toMatchObject(refused);
  });

  it('must be a file', async () => {
    expect((await exported('--seal-for', '-')).err).toBe('ProgramError: The key must stand in a file, - is none.');
    const missing = join(folder, 'missing');
    expect((await imported('--sealed-for', missing)).err).toBe(`ProgramError: ${missing} does not exist.`);
  });
});
