import { createPublicKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newPrivateKey, newSecret, readSettings, type Settings } from '#platform';
import { runCli } from '../test/run-cli.js';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sallyport-keys-'));
});

afterEach(() => rmSync(dataDir, { recursive: true }));

const settingsOf = (env: NodeJS.ProcessEnv = {}): Settings => readSettings({ DATA_DIR: dataDir, ...env });
const pem = (key: KeyObject | undefined): string | undefined => key?.export({ type: 'spki', format: 'pem' }).toString();
const publicKeys = ({ tokenKeys }: Settings) => tokenKeys().publicKeys.map(pem);
const secretIds = ({ mfaSecrets }: Settings) => mfaSecrets().map(({ id }) => id);

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
    expect(files).toEqual(['jwt-former-public-keys.pem', 'jwt-private-key.pem', 'mfa-secrets']);
    expect(files.map((name) => statSync(join(dataDir, 'keys', name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  });

  it('keeps the signing keys alone when the former ones are dropped', async () => {
    await runCli(settingsOf(), 'keys', 'rotate');
    const before = settingsOf();
    await runCli(settingsOf(), 'keys', 'drop-former');
    expect(secretIds(settingsOf())).toEqual(secretIds(before).slice(0, 1));
    expect(publicKeys(settingsOf())).toEqual(publicKeys(before).slice(0, 1));
  });
});

describe('Rotating keys of the environment', () => {
  const given = { MFA_SECRETS: `one:${newSecret()}`, JWT_PRIVATE_KEY: newPrivateKey() };

  it('prints first what lets all instances know the new keys, then what lets the new ones sign', async () => {
    const { out, err } = await runCli(settingsOf(given), 'keys', 'rotate');
    expect(err).toBe('');
    const [, announced, rotated, , announcedJwt, rotatedJwt] = steps(out);
    const [first, second] = [
      { ...given, ...announced, ...announcedJwt },
      { ...given, ...rotated, ...rotatedJwt },
    ].map(settingsOf);
    expect(secretIds(first!)[0]).toBe('one');
    expect(secretIds(second!)).toEqual(secretIds(first!).toReversed());
    expect(publicKeys(first!)[0]).toBe(publicKeys(settingsOf(given))[0]);
    expect(publicKeys(second!)).toEqual(publicKeys(first!).toReversed());
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('prints what leaves the signing keys alone', async () => {
    const secrets = `${given.MFA_SECRETS},two:${newSecret()}`;
    const { out } = await runCli(settingsOf({ ...given, MFA_SECRETS: secrets }), 'keys', 'drop-former');
    const [, mfa, jwt] = steps(out);
    expect({ ...mfa, ...jwt }).toEqual({ MFA_SECRETS: given.MFA_SECRETS, JWT_PUBLIC_KEYS: '' });
  });

  it('says how long what a former key has signed may be about', async () => {
    const longer = { ...given, MFA_USER_GRACE_SECONDS: '7200', ACCESS_TOKEN_TTL_SECONDS: '604800' };
    const { out } = await runCli(settingsOf(longer), 'keys', 'rotate');
    expect(out).toContain('# 3. 3 hours after that: npm run -s cli -- keys drop-former mfa');
    expect(out).toContain('# 3. 7 days after that: npm run -s cli -- keys drop-former jwt');
  });
});
