import { createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { WAREHOUSE_TOKEN_TTL_SECONDS } from '#auth';
import {
  keepDevelopmentMfaEncryptionKeys,
  keepDevelopmentMfaSecrets,
  keepDevelopmentTokenKeys,
  newEncryptionKey,
  newPrivateKey,
  newSecret,
  type Settings,
} from '#platform';

/** The environment variables that a change changes. */
export type Variables = Readonly<Record<string, string>>;

/** What must come before former keys are dropped. */
export type BeforeDropping =
  /** Time alone: what they have signed is over so long after the change. */
  | { readonly seconds: number }
  /** A command, however long it waits: what they have sealed would be lost, so they are dropped only by name. */
  | { readonly command: string; readonly result: string };

/** The keys for one purpose, before and after a change. */
export interface KeySet {
  /** What to say of them. */
  readonly name: string;
  /** Whether the environment gives them, or has to; if not they are generated ones, which `keep` replaces. */
  readonly isGiven: boolean;
  /** What the first key does, and no other one. */
  readonly firstKey: 'signs' | 'seals';
  readonly beforeDropping: BeforeDropping;
  /**
   * The new key is known, the present one is still the first: for the time in which some instances do not know the new
   * one yet.
   *
   * @returns undefined when there is no present key, so that nothing has to be announced
   */
  announced(): Variables | undefined;
  /** The new key is the first one, the others are kept. */
  rotated(): Variables;
  /** The present key alone. */
  withoutFormer(): Variables;
  keep(variables: Variables): void;
}

export function mfaKeySet(settings: Settings): KeySet {
  const present = settings.mfaSecrets().map(({ id, secret }) => `${id}:${secret.toString('base64')}`);
  const added = `${newId()}:${newSecret()}`;
  const variables = (secrets: readonly string[]): Variables => ({ MFA_SECRETS: secrets.join(',') });
  return {
    name: 'secrets for codes',
    isGiven: settings.givenKeys.mfa,
    firstKey: 'signs',
    beforeDropping: {
      seconds: Math.max(...Object.values(settings.mfa).map((one) => one.codeTtlSeconds + one.graceSeconds)),
    },
    announced: () => variables([...present, added]),
    rotated: () => variables([added, ...present]),
    withoutFormer: () => variables(present.slice(0, 1)),
    keep: ({ MFA_SECRETS = '' }) => keepDevelopmentMfaSecrets(settings.dataDir, MFA_SECRETS),
  };
}

export function encryptionKeySet(settings: Settings): KeySet {
  const isMissing = settings.environment === 'production' && !settings.givenKeys.encryption;
  const present = (): string[] => settings.mfaEncryptionKeys().map(({ id, key }) => `${id}:${key.toString('base64')}`);
  const added = `${newId()}:${newEncryptionKey()}`;
  const variables = (keys: readonly string[]): Variables => ({ MFA_ENCRYPTION_KEYS: keys.join(',') });
  return {
    name: 'encryption keys',
    isGiven: settings.givenKeys.encryption || isMissing,
    firstKey: 'seals',
    beforeDropping: { command: 'mfa reseal', result: 'has moved all credentials to the first key' },
    announced: () => (isMissing ? undefined : variables([...present(), added])),
    rotated: () => variables(isMissing ? [added] : [added, ...present()]),
    withoutFormer: () => variables(present().slice(0, 1)),
    keep: ({ MFA_ENCRYPTION_KEYS = '' }) => keepDevelopmentMfaEncryptionKeys(settings.dataDir, MFA_ENCRYPTION_KEYS),
  };
}

export function tokenKeySet(settings: Settings): KeySet {
  const { publicKeys } = settings.tokenKeys();
  const added = newPrivateKey();
  const former = publicKeys.slice(1);
  return {
    name: 'keys of access tokens',
    isGiven: settings.givenKeys.jwt,
    firstKey: 'signs',
    beforeDropping: { seconds: Math.max(settings.accessTokenTtlSeconds, WAREHOUSE_TOKEN_TTL_SECONDS) },
    announced: () => ({ JWT_PUBLIC_KEYS: encoded([createPublicKey(added), ...former].map(pemOf).join('')) }),
    rotated: () => ({ JWT_PRIVATE_KEY: encoded(added), JWT_PUBLIC_KEYS: encoded(publicKeys.map(pemOf).join('')) }),
    withoutFormer: () => ({ JWT_PUBLIC_KEYS: '' }),
    keep: ({ JWT_PRIVATE_KEY, JWT_PUBLIC_KEYS = '' }) =>
      keepDevelopmentTokenKeys(settings.dataDir, decoded(JWT_PUBLIC_KEYS), JWT_PRIVATE_KEY && decoded(JWT_PRIVATE_KEY)),
  };
}

/** The day on which the key was made, and something that no other key has. */
const newId = (): string => `${new Date().toISOString().slice(0, 10)}-${randomBytes(4).toString('hex')}`;

const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

/** Every file of variables takes base64 on one line. */
const encoded = (text: string): string => Buffer.from(text).toString('base64');
const decoded = (text: string): string => Buffer.from(text, 'base64').toString();
