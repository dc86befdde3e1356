import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newEncryptionKey, readSettings, type MfaEncryptionKey, type Settings } from '#platform';
import { createCustomer, type TestApp } from '#testing';
import { beginAuthenticator, codeAt, enrolAuthenticator, nextCode, type Enrolment } from '../test/authenticator.js';
import { loginAt, orderAt, startShop } from '../test/protected-shop.js';
import { runCli, type Run } from '../test/run-cli.js';

let shop: TestApp;
/** The key of the running shop, and the one that comes after it. */
let former: string;
let next: string;

beforeAll(async () => {
  shop = await startShop();
  former = shop.settings.mfaEncryptionKeys().map(written).join(',');
});

beforeEach(async () => {
  next = `next-${newEncryptionKey().slice(0, 6).replaceAll(/\W/g, '_')}:${newEncryptionKey()}`;
  await shop.dataSource.query('TRUNCATE customer, mfa_account RESTART IDENTITY CASCADE');
});

afterAll(() => shop.stop());

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
    const [run, ...orders] = await Promise.all([
      reseal(next, former),
      ...people.map(({ token, secret }) => orderAt(known, token, codeAt(secret, shop.clock.now()))),
    ]);
    expect([run.exitCode, ...orders]).toEqual([0, '201', '201', '201']);
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
      const run = reseal(next, former);
      const broken = expect(run).rejects.toThrow('terminating connection');
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
