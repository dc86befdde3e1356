import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, beforeEach } from 'vitest';
import { newEncryptionKey, readSettings, type MfaEncryptionKey, type Settings } from '#platform';
import { createCustomer, createUser, mailedCode, type TestApp } from '#testing';
import {
  beginAuthenticator,
  enrolAuthenticator,
  makeRecoveryCodes,
  nextCode,
  activateAt,
  loginAt,
  orderAt,
  startShop,
  codeAt,
  type Enrolment,
} from '../../test/protected-shop.js';
import { runCli, type Run } from '../../test/run-cli.js';

let shop: TestApp;

beforeAll(async () => {
  shop = await startShop();
});

afterAll(() => shop.stop());

const run = (...words: string[]): Promise<Run> => runCli(shop.settings, ...words);

const trailOf = (id: string, event: string) =>
  shop.dataSource.query(
    `SELECT event, method, reason, actor_kind, actor_id FROM mfa_audit_event
     WHERE account_kind = 'customer' AND account_id = $1 AND event = $2`,
    [id, event],
  );

const OPERATOR = { actor_kind: 'operator', actor_id: userInfo().username };

describe('Operators and second factors', () => {
  it('see what an account has set up, and never a code', async () => {
    const { email, customerReference } = await createCustomer(shop.dataSource);
    const token = await activateAt(shop, email);
    await orderAt(shop, token, 'none');
    await shop.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token });
    const { exitCode, out } = await run('mfa', 'show', 'customer', email.toUpperCase());
    expect(exitCode).toBe(0);
    const time = '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z';
    const [heading, ...rows] = out.trimEnd().split('\n');
    expect(heading).toBe(`${customerReference} (${email})`);
    const patterns = [
      `email {2,}enabled since ${time}`,
      'totp {2,}disabled',
      'recovery-code {2,}disabled',
      'wrong codes in a row {2,}1',
      'locked {2,}no',
      'outstanding codes {2,}1',
      'live grants {2,}1',
      `last codes sent {2,}${time}, ${time}`,
      'recovery codes left {2,}0',
    ];
    expect(rows).toEqual(patterns.map((pattern) => expect.stringMatching(new RegExp(`^  ${pattern}$`))));
    expect(out).not.toContain(mailedCode(shop.mailbox, email));
  });

  it('see what is kept of each method and since when, and neither a secret nor a recovery code', async () => {
    const { email } = await createCustomer(shop.dataSource);
    const { token, secret } = await enrolAuthenticator(shop, email);
    const codes = await makeRecoveryCodes(shop, token, nextCode(shop, secret));
    await orderAt(shop, await loginAt(shop, email), codes[0]);
    const { out } = await run('mfa', 'show', 'customer', email);
    const time = '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z';
    expect(out).toMatch(
      new RegExp(`^  kept for totp {2,}made ${time}, last used ${time}, sealed by the key test$`, 'm'),
    );
    expect(out).toMatch(/^ {2}recovery codes left {2,}9$/m);
    const [{ sealed }] = await shop.dataSource.query(
      `SELECT encode(sealed, 'base64') AS sealed FROM mfa_credential JOIN customer c ON c.id::text = account_id WHERE email = $1`,
      [email],
    );
    for (const kept of [secret, sealed, ...codes, ...codes.map((code) => code.replaceAll('-', ''))]) {
      expect(out).not.toContain(kept);
    }
  });

  it('see that a set-up was begun and not verified', async () => {
    const { email } = await createCustomer(shop.dataSource);
    await beginAuthenticator(shop, email);
    const { out } = await run('mfa', 'show', 'customer', email);
    expect(out).toMatch(/^ {2}totp {2,}activation in progress$/m);
    expect(out).toMatch(/^ {2}kept for totp {2,}made [^,]+, never used, sealed by the key test, not verified yet$/m);
  });

  it('find a user by uuid and by username', async () => {
    const { uuid, username } = await createUser(shop.dataSource);
    for (const who of [uuid, username]) {
      const { out } = await run('mfa', 'show', 'user', who);
      expect(out).toContain(`${uuid} (${username})\n`);
      expect(out).toMatch(/^ {2}email +disabled$/m);
    }
  });

  it('are told that there is no such account', async () => {
    const { username } = await createUser(shop.dataSource);
    expect(await run('mfa', 'show', 'customer', username)).toMatchObject({
      ...{ exitCode: 1, err: `ProgramError: There is no customer ${username}.` },
    });
  });

  it('remove a method, which the audit trail keeps with the reason', async () => {
    const { id, email, customerReference } = await createCustomer(shop.dataSource);
    const token = await activateAt(shop, email);
    const { exitCode, out } = await run('mfa', 'remove', 'customer', customerReference, '--reason', 'lost the phone');
    expect([exitCode, out]).toEqual([0, `Removed from ${customerReference} (${email}): email\n`]);
    expect(await orderAt(shop, token)).toBe('201');
    expect(await trailOf(id, 'removed')).toMatchObject([{ reason: 'lost the phone', ...OPERATOR }]);
    const again = await run('mfa', 'remove', 'customer', customerReference, '--reason', 'again');
    expect(again).toMatchObject({ exitCode: 1, err: expect.stringContaining('has nothing set up') });
  });

  it('are told that there is no such method', async () => {
    const { email } = await createCustomer(shop.dataSource);
    const { err } = await run('mfa', 'remove', 'customer', email, '--method', 'pigeon', '--reason', 'x');
    expect(err).toBe('ProgramError: There is no method pigeon, only email, totp, recovery-code.');
  });

  it('unlock an account, which the audit trail keeps with the reason', async () => {
    const { id, email } = await createCustomer(shop.dataSource);
    await activateAt(shop, email);
    const token = await loginAt(shop, email);
    for (let miss = 0; miss < 10; miss += 1) await orderAt(shop, token, 'none');
    expect(await orderAt(shop, token, 'none')).toBe('429 5911');
    expect((await run('mfa', 'show', 'customer', email)).out).toMatch(/^ {2}locked +until \d{4}-/m);
    expect((await run('mfa', 'unlock', 'customer', email, '--reason', 'called us')).exitCode).toBe(0);
    expect(await orderAt(shop, token, 'none')).toBe('403 5901');
    expect(await trailOf(id, 'unlocked')).toMatchObject([{ reason: 'called us', ...OPERATOR }]);
    expect(await run('mfa', 'unlock', 'customer', email, '--reason', 'again')).toMatchObject({
      ...{ exitCode: 1, err: expect.stringContaining('is not locked.') },
    });
  });

  it('must give a reason', async () => {
    const { email } = await createCustomer(shop.dataSource);
    const { err } = await run('mfa', 'unlock', 'customer', email, '--reason', ' ');
    expect(err).toBe('ProgramError: --reason must not be blank, nor hold control characters');
  });

  it('purge what is over, and nothing else', async () => {
    const [ended, live] = [await createCustomer(shop.dataSource), await createCustomer(shop.dataSource)];
    for (const { email } of [ended, live]) await activateAt(shop, email);
    await shop.dataSource.query(`UPDATE mfa_grant SET expires_at = now() - interval '1 day' WHERE account_id = $1`, [
      ended.id,
    ]);
    const { exitCode, out, err } = await run('codes', 'purge');
    expect([exitCode, out]).toEqual([0, 'Codes and grants that were deleted: 1\n']);
    expect(err).toContain('Purging');
    const left = await shop.dataSource.query('SELECT account_id FROM mfa_grant WHERE account_id = ANY($1)', [
      [ended.id, live.id],
    ]);
    expect(left).toEqual([{ account_id: live.id }]);
  });
});

/** The key of the running shop, and the one that comes after it. */
let former: string;
let next: string;

beforeAll(() => {
  former = shop.settings.mfaEncryptionKeys().map(written).join(',');
});

beforeEach(async () => {
  next = `next-${newEncryptionKey().slice(0, 6).replaceAll(/\W/g, '_')}:${newEncryptionKey()}`;
  await shop.dataSource.query('TRUNCATE customer, mfa_account RESTART IDENTITY CASCADE');
});

const written = ({ id, key }: MfaEncryptionKey): string => `${id}:${key.toString('base64')}`;
const idOf = (key: string): string => key.split(':')[0]!;

/** The settings of an operator whose environment has these keys. */
function settingsWith(...keys: string[]): Settings {
  const { mfaEncryptionKeys } = readSettings({ NODE_ENV: 'test', MFA_ENCRYPTION_KEYS: keys.join(',') });
  return { ...shop.settings, mfaEncryptionKeys };
}

const reseal = (...keys: string[]): Promise<Run> => runCli(settingsWith(...keys), 'mfa', 'reseal');
const instanceWith = (...keys: string[]) => shop.anotherInstance({ MFA_ENCRYPTION_KEYS: keys.join(',') });

/** A person who has set an authenticator app up, with a grant that is over. */
async function enrolled(): Promise<Enrolment & { readonly email: string }> {
  const { email } = await createCustomer(shop.dataSource);
  return { email, ...(await enrolAuthenticator(shop, email)) };
}

const keysInUse = async (): Promise<string[]> =>
  (await shop.dataSource.query('SELECT key_id FROM mfa_credential ORDER BY account_id')).map(
    (row: { key_id: string }) => row.key_id,
  );

describe('Sealing credentials by a new key', () => {
  it('lets an authenticator app go on working when the former key is dropped', async () => {
    const { token, secret } = await enrolled();
    const { exitCode, out, err } = await reseal(next, former);
    expect([exitCode, out]).toEqual([0, `Credentials: 1 looked at, 1 sealed by the key ${idOf(next)}\n`]);
    expect(err).toContain('Sealing');
    const api = await instanceWith(next);
    expect(await orderAt({ ...shop, api }, token, nextCode(shop, secret))).toBe('201');
    expect(await orderAt({ ...shop, api }, token, codeAt(secret, new Date(0)))).toBe('403 5901');
  });

  it('leaves alone what the first key has sealed', async () => {
    await enrolled();
    await reseal(next, former);
    expect((await reseal(next, former)).out).toBe(`Credentials: 1 looked at, 0 sealed by the key ${idOf(next)}\n`);
  });

  it('disturbs nobody who uses or sets up an app meanwhile', async () => {
    const people = [await enrolled(), await enrolled(), await enrolled()];
    const { email } = await createCustomer(shop.dataSource);
    const begun = await beginAuthenticator(shop, email);
    // all instances know the new key before anything is sealed by it
    const known = { ...shop, api: await instanceWith(former, next) };
    shop.clock.advance(30);
    const [resealed, ...orders] = await Promise.all([
      reseal(next, former),
      ...people.map(({ token, secret }) => orderAt(known, token, codeAt(secret, shop.clock.now()))),
    ]);
    expect([resealed.exitCode, ...orders]).toEqual([0, '201', '201', '201']);
    const api = await instanceWith(next, former);
    const code = codeAt(begun.secret, shop.clock.now());
    const verified = await api.post('/multi-factor-auth-type-verify', { type: 'totp' }, { token: begun.token, code });
    expect(verified.status).toBe(204);
    expect(new Set(await keysInUse())).toEqual(new Set([idOf(next)]));
  });

  it('goes on where it was broken off', async () => {
    await enrolled();
    const { email, secret } = await enrolled();
    await shop.dataSource.transaction(async (other) => {
      await other.query('SELECT FROM mfa_account ORDER BY account_id DESC LIMIT 1 FOR UPDATE');
      const resealing = reseal(next, former);
      const broken = expect(resealing).rejects.toThrow('terminating connection');
      while (!(await endWaitingCommand())) continue;
      await broken;
    });
    expect(await keysInUse()).toEqual([idOf(next), idOf(former)]);
    expect((await reseal(next, former)).out).toBe(`Credentials: 2 looked at, 1 sealed by the key ${idOf(next)}\n`);
    const api = await instanceWith(next);
    expect(await orderAt({ ...shop, api }, await loginAt(shop, email), nextCode(shop, secret))).toBe('201');
  });

  it('says how many could not be opened, and which keys are missing', async () => {
    await enrolled();
    await enrolled();
    const { exitCode, out, err } = await reseal(next);
    expect([exitCode, out]).toEqual([1, `Credentials: 2 looked at, 0 sealed by the key ${idOf(next)}\n`]);
    expect(err).toContain(
      `ProgramError: 2 could not be opened. MFA_ENCRYPTION_KEYS has no key with the id: ${idOf(former)}.`,
    );
  });

  it('says when a key is there by its id, and is another one', async () => {
    await enrolled();
    const { exitCode, err } = await reseal(next, `${idOf(former)}:${newEncryptionKey()}`);
    expect(exitCode).toBe(1);
    expect(err).toContain(
      'ProgramError: 1 could not be opened by the key of its id: that is another key, or the credential was changed.',
    );
  });

  it('says when an app still seals by another key', async () => {
    await enrolled();
    let resealing: Promise<Run> | undefined;
    await shop.dataSource.transaction(async (other) => {
      await other.query('SELECT FROM mfa_account FOR UPDATE');
      resealing = reseal(next, former);
      while (!(await isWaiting())) continue;
      await storeBehindTheWalk(idOf(former));
    });
    const { exitCode, err } = (await resealing)!;
    expect(exitCode).toBe(1);
    expect(err).toContain(
      `ProgramError: Some were sealed by ${idOf(former)} meanwhile: start all apps with ${idOf(next)} as the first key, and run this again.`,
    );
  });
});

/** A credential of an account that comes before all others. */
async function storeBehindTheWalk(keyId: string): Promise<void> {
  await shop.dataSource.query(`INSERT INTO mfa_account (account_kind, account_id) VALUES ('customer', '0')`);
  await shop.dataSource.query(`
    INSERT INTO mfa_factor (account_kind, account_id, method, status) VALUES ('customer', '0', 'totp', 1)`);
  await shop.dataSource.query(
    `INSERT INTO mfa_credential (account_kind, account_id, id, method, key_id, sealed, counter, created_at)
     VALUES ('customer', '0', gen_random_uuid(), 'totp', $1, '', -1, now())`,
    [keyId],
  );
}

describe('An app without a key that sealed something', () => {
  it('does not start, and names the key; operators can still remove what cannot be opened', async () => {
    const { email } = await enrolled();
    await expect(instanceWith(next)).rejects.toThrow(
      `Credentials are sealed by the encryption key ${idOf(former)}, not configured.`,
    );
    const lost = await runCli(settingsWith(next), 'mfa', 'remove', 'customer', email, '--reason', 'the key is lost');
    expect(lost).toMatchObject({ exitCode: 0, out: expect.stringContaining(': totp\n') });
    await instanceWith(next);
  });
});

const WAITING = `application_name = 'sallyport-cli' AND wait_event_type = 'Lock' AND datname = current_database()`;

const isWaiting = async (): Promise<boolean> =>
  (await shop.dataSource.query(`SELECT FROM pg_stat_activity WHERE ${WAITING}`)).length > 0;

const endWaitingCommand = async (): Promise<boolean> =>
  (await shop.dataSource.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${WAITING}`)).length > 0;
