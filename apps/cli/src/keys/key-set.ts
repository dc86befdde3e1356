import { createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { WAREHOUSE_TOKEN_TTL_SECONDS } from '#auth';
import {
  keepDevelopmentMfaSecrets,
  keepDevelopmentTokenKeys,
  newPrivateKey,
  newSecret,
  type Settings,
} from '#platform';

/** The environment variables that a change changes. */
export type Variables = Readonly<Record<string, string>>;

/** The keys for one purpose, before and after a change. */
export interface KeySet {
  /** What to say of them. */
  readonly name: string;
  /** Whether the environment gives them; if not they are generated ones, which `keep` replaces. */
  readonly isGiven: boolean;
  /** How long after the change something may be about that a former key has signed. */
  readonly formerLifeSeconds: number;
  /** The new key verifies, the present one signs: for the time in which some instances know the new one already. */
  announced(): Variables;
  /** The new key signs, all verify. */
  rotated(): Variables;
  /** The present key alone. */
  withoutFormer(): Variables;
  keep(variables: Variables): void;
}

export function mfaKeySet(settings: Settings): KeySet {
  const present = settings.mfaSecrets().map(({ id, secret }) => `${id}:${secret.toString('base64')}`);
  const today = new Date().toISOString().slice(0, 10);
  const added = `${today}-${randomBytes(4).toString('hex')}:${newSecret()}`;
  const variables = (secrets: readonly string[]): Variables => ({ MFA_SECRETS: secrets.join(',') });
  return {
    name: 'secrets for codes',
    isGiven: settings.givenKeys.mfa,
    formerLifeSeconds: Math.max(...Object.values(settings.mfa).map((one) => one.codeTtlSeconds + one.graceSeconds)),
    announced: () => variables([...present, added]),
    rotated: () => variables([added, ...present]),
    withoutFormer: () => variables(present.slice(0, 1)),
    keep: ({ MFA_SECRETS = '' }) => keepDevelopmentMfaSecrets(settings.dataDir, MFA_SECRETS),
  };
}

export function tokenKeySet(settings: Settings): KeySet {
  const { publicKeys } = settings.tokenKeys();
  const added = newPrivateKey();
  const former = publicKeys.slice(1);
  return {
    name: 'keys of access tokens',
    isGiven: settings.givenKeys.jwt,
    formerLifeSeconds: Math.max(settings.accessTokenTtlSeconds, WAREHOUSE_TOKEN_TTL_SECONDS),
    announced: () => ({ JWT_PUBLIC_KEYS: encoded([createPublicKey(added), ...former].map(pemOf).join('')) }),
    rotated: () => ({ JWT_PRIVATE_KEY: encoded(added), JWT_PUBLIC_KEYS: encoded(publicKeys.map(pemOf).join('')) }),
    withoutFormer: () => ({ JWT_PUBLIC_KEYS: '' }),
    keep: ({ JWT_PRIVATE_KEY, JWT_PUBLIC_KEYS = '' }) =>
      keepDevelopmentTokenKeys(settings.dataDir, decoded(JWT_PUBLIC_KEYS), JWT_PRIVATE_KEY && decoded(JWT_PRIVATE_KEY)),
  };
}

const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

/** Every file of variables takes base64 on one line. */
const encoded = (text: string): string => Buffer.from(text).toString('base64');
const decoded = (text: string): string => Buffer.from(text, 'base64').toString();
