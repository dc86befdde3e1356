import { createPublicKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newEncryptionKey, newPrivateKey, newSecret, readSettings, type Settings } from '#platform';
import { runCli } from '../../test/run-cli.js';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sallyport-keys-'));
});

afterEach(() => rmSync(dataDir, { recursive: true }));

const settingsOf = (env: NodeJS.ProcessEnv = {}): Settings => readSettings({ DATA_DIR: dataDir, ...env });
const pem = (key: KeyObject | undefined): string | undefined => key?.export({ type: 'spki', format: 'pem' }).toString();
const publicKeys = ({ tokenKeys }: Settings) => tokenKeys().publicKeys.map(pem);
const encryptionIds = ({ mfaEncryptionKeys }: Settings) => mfaEncryptionKeys().map(({ id }) => id);
const secretIds = ({ mfaSecrets }: Settings) => mfaSecrets().map(({ id }) => id);

const RESEAL_THEN_DROP =
  'After `npm run -s cli -- mfa reseal` has moved all credentials to the first key: npm run -s cli -- keys drop-former encryption';

/** The variables of each step that was printed. */
function steps(out: string): Record<string, string>[] {
  return out
    .split(/^# .*\n/m)
    .map((part) => Object.fromEntries([...part.matchAll(/^(\w+)=(.*)$/gm)].map((m) => [m[1], m[2]])));
}

describe('Rotating generated keys', () => {
  it('lets a new secret sign codes and keeps the older ones', async () => {
    const [former] = settingsOf().mfaSecrets();
    const { out, err } = await runCli(settingsOf(), 'keys', 'rotate', 'mfa');
    const after = settingsOf().mfaSecrets();
    expect(after).toHaveLength(2);
    expect(after[0]!.id).toMatch(/^\d{4}-\d\d-\d\d-[\da-f]{8}$/);
    expect(after[1]).toEqual(former);
    expect(out + err).not.toContain(after[0]!.secret.toString('base64'));
    expect(err).toContain('40 minutes after that');
  });

  it('lets a new key seal credentials and keeps the older ones', async () => {
    const [former] = settingsOf().mfaEncryptionKeys();
    const { out, err } = await runCli(settingsOf(), 'keys', 'rotate', 'encryption');
    const after = settingsOf().mfaEncryptionKeys();
    expect(after).toHaveLength(2);
    expect(after[0]!.id).toMatch(/^\d{4}-\d\d-\d\d-[\da-f]{8}$/);
    expect(after[1]).toEqual(former);
    expect(out + err).not.toContain(after[0]!.key.toString('base64'));
    expect(err).toContain(`Restart the apps. ${RESEAL_THEN_DROP}\n`);
  });

  it('lets a new key sign tokens and keeps the public keys of the older ones', async () => {
    const [first] = publicKeys(settingsOf());
    await runCli(settingsOf(), 'keys', 'rotate', 'jwt');
    const [second] = publicKeys(settingsOf());
    await runCli(settingsOf(), 'keys', 'rotate', 'jwt');
    const after = publicKeys(settingsOf());
    expect(after.slice(1)).toEqual([second, first]);
    expect(new Set(after).size).toBe(3);
    expect(pem(createPublicKey(settingsOf().tokenKeys().privateKey))).toBe(after[0]);
  });

  it('leaves files that their owner alone can read, and no drafts', async () => {
    await runCli(settingsOf(), 'keys', 'rotate');
    const files = readdirSync(join(dataDir, 'keys')).toSorted();
    expect(files).toEqual(['jwt-former-public-keys.pem', 'jwt-private-key.pem', 'mfa-encryption-keys', 'mfa-secrets']);
    for (const name of files) expect(statSync(join(dataDir, 'keys', name)).mode & 0o777).toBe(0o600);
  });

  it('keeps the signing keys alone when the former ones are dropped', async () => {
    await runCli(settingsOf(), 'keys', 'rotate');
    const before = settingsOf();
    await runCli(settingsOf(), 'keys', 'drop-former');
    expect(secretIds(settingsOf())).toEqual(secretIds(before).slice(0, 1));
    expect(publicKeys(settingsOf())).toEqual(publicKeys(before).slice(0, 1));
  });

  it('keeps former keys for encryption until they are named, and says so', async () => {
    await runCli(settingsOf(), 'keys', 'rotate');
    const before = settingsOf().mfaEncryptionKeys();
    const { err } = await runCli(settingsOf(), 'keys', 'drop-former');
    expect(settingsOf().mfaEncryptionKeys()).toEqual(before);
    expect(err).toContain(`Former encryption keys are dropped only by name. ${RESEAL_THEN_DROP}\n`);
    await runCli(settingsOf(), 'keys', 'drop-former', 'encryption');
    expect(settingsOf().mfaEncryptionKeys()).toEqual(before.slice(0, 1));
  });

  it('warns in the help that what a former key for encryption has sealed is lost without it', async () => {
    const { out } = await runCli(settingsOf(), 'keys', 'drop-former', '--help');
    const help = out.replaceAll(/\s+/g, ' ');
    expect(help).toContain('default: all but encryption');
    expect(help).toContain('only after "mfa reseal" has moved all credentials to the first key');
  });
});

describe('Rotating keys of the environment', () => {
  const overrides = {
    MFA_SECRETS: `one:${newSecret()}`,
    JWT_PRIVATE_KEY: newPrivateKey(),
    MFA_ENCRYPTION_KEYS: `one:${newEncryptionKey()}`,
  };

  it('prints first what lets all instances know the new keys, then what lets the new ones sign', async () => {
    const { out, err } = await runCli(settingsOf(overrides), 'keys', 'rotate');
    expect(err).toBe('');
    const [, announced, rotated, , announcedJwt, rotatedJwt, , announcedEncryption, rotatedEncryption] = steps(out);
    const [first, second] = [
      { ...overrides, ...announced, ...announcedJwt, ...announcedEncryption },
      { ...overrides, ...rotated, ...rotatedJwt, ...rotatedEncryption },
    ].map(settingsOf);
    expect(secretIds(first!)[0]).toBe('one');
    expect(secretIds(second!)).toEqual(secretIds(first!).toReversed());
    expect(publicKeys(first!)[0]).toBe(publicKeys(settingsOf(overrides))[0]);
    expect(publicKeys(second!)).toEqual(publicKeys(first!).toReversed());
    expect(encryptionIds(first!)).toEqual(['one', expect.any(String)]);
    expect(encryptionIds(second!)).toEqual(encryptionIds(first!).toReversed());
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('prints what leaves the signing keys alone', async () => {
    const secrets = `${overrides.MFA_SECRETS},two:${newSecret()}`;
    const { out } = await runCli(settingsOf({ ...overrides, MFA_SECRETS: secrets }), 'keys', 'drop-former');
    const [, mfa, jwt] = steps(out);
    expect({ ...mfa, ...jwt }).toEqual({ MFA_SECRETS: overrides.MFA_SECRETS, JWT_PUBLIC_KEYS: '' });
  });

  it('prints no keys for encryption without the former ones unless they are named', async () => {
    const keys = `${overrides.MFA_ENCRYPTION_KEYS},two:${newEncryptionKey()}`;
    const settings = settingsOf({ ...overrides, MFA_ENCRYPTION_KEYS: keys });
    const { out, err } = await runCli(settings, 'keys', 'drop-former');
    expect(out).not.toContain('MFA_ENCRYPTION_KEYS');
    expect(err).toBe(`Former encryption keys are dropped only by name. ${RESEAL_THEN_DROP}\n`);
    const named = await runCli(settings, 'keys', 'drop-former', 'encryption');
    expect(steps(named.out)[1]).toEqual({ MFA_ENCRYPTION_KEYS: overrides.MFA_ENCRYPTION_KEYS });
    expect(named.err).toBe('');
  });

  it('says how long what a former key has signed may be about', async () => {
    const longer = { ...overrides, MFA_USER_GRACE_SECONDS: '7200', ACCESS_TOKEN_TTL_SECONDS: '604800' };
    const { out } = await runCli(settingsOf(longer), 'keys', 'rotate');
    expect(out).toContain('# 3. 3 hours after that: npm run -s cli -- keys drop-former mfa');
    expect(out).toContain('# 3. 7 days after that: npm run -s cli -- keys drop-former jwt');
  });

  it('says what a former key for encryption is needed for, however long that takes', async () => {
    const { out } = await runCli(settingsOf(overrides), 'keys', 'rotate', 'encryption');
    expect(out).toContain(`# 3. ${RESEAL_THEN_DROP}\n`);
  });
});

describe('Keys for encryption in production that are not given', () => {
  const production = {
    ...{ NODE_ENV: 'production', DATABASE_URL: 'postgres://db/shop', SMTP_URL: 'smtp://mail' },
    ...{ PUBLIC_URL_STOREFRONT: 'https://api.shop.example' },
    ...{ MFA_SECRETS: `one:${newSecret()}`, JWT_PRIVATE_KEY: newPrivateKey() },
  };

  it('are made for the environment, in one step', async () => {
    const { out } = await runCli(settingsOf(production), 'keys', 'rotate', 'encryption');
    const [, first, ...more] = steps(out);
    expect(more).toEqual([]);
    expect(settingsOf({ ...production, ...first }).mfaEncryptionKeys()).toHaveLength(1);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('have no former ones to drop', async () => {
    const { exitCode, err } = await runCli(settingsOf(production), 'keys', 'drop-former', 'encryption');
    expect([exitCode, err]).toEqual([1, 'SettingError: MFA_ENCRYPTION_KEYS is required in production']);
    expect((await runCli(settingsOf(production), 'keys', 'drop-former')).exitCode).toBe(0);
  });
});
