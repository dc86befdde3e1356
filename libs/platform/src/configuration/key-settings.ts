import {
  developmentFormerPublicKeys,
  developmentMfaEncryptionKeys,
  developmentMfaSecrets,
  developmentPrivateKey,
} from './development-keys.js';
import {
  parseMfaEncryptionKeys,
  parseMfaSecrets,
  parseTokenKeys,
  type MfaEncryptionKey,
  type MfaSecret,
  type TokenKeys,
} from './keys.js';
import { SettingError } from './setting-error.js';
import type { Environment } from './settings.schema.js';

/** Keys are read on first use, so that programs without need of them do not create any. */
export interface KeySettings {
  /** The first one signs codes, all verify. */
  readonly mfaSecrets: () => readonly MfaSecret[];
  /**
   * The first one seals credentials, all open. Only methods that keep a secret of each person need them.
   *
   * @throws SettingError in production when there are none
   */
  readonly mfaEncryptionKeys: () => readonly MfaEncryptionKey[];
  readonly tokenKeys: () => TokenKeys;
  /** Which of the keys the environment gives; the others are generated and kept in the data folder. */
  readonly givenKeys: { readonly mfa: boolean; readonly encryption: boolean; readonly jwt: boolean };
}

/** Keys given by the environment are checked at once; only generated ones wait for their first use. */
export function keySettings(env: Environment): KeySettings {
  const mfaSecrets = env.MFA_SECRETS === undefined ? undefined : parseMfaSecrets(env.MFA_SECRETS);
  const encryptionKeys =
    env.MFA_ENCRYPTION_KEYS === undefined ? undefined : parseMfaEncryptionKeys(env.MFA_ENCRYPTION_KEYS);
  const tokenKeys =
    env.JWT_PRIVATE_KEY === undefined ? undefined : parseTokenKeys(env.JWT_PRIVATE_KEY, env.JWT_PUBLIC_KEYS);
  return {
    mfaSecrets: () => mfaSecrets ?? parseMfaSecrets(developmentMfaSecrets(env.DATA_DIR)),
    mfaEncryptionKeys: () => encryptionKeys ?? generatedEncryptionKeys(env),
    tokenKeys: () => tokenKeys ?? generatedTokenKeys(env),
    givenKeys: {
      mfa: mfaSecrets !== undefined,
      encryption: encryptionKeys !== undefined,
      jwt: tokenKeys !== undefined,
    },
  };
}

function generatedEncryptionKeys({ NODE_ENV, DATA_DIR }: Environment): readonly MfaEncryptionKey[] {
  if (NODE_ENV === 'production') throw SettingError.of('MFA_ENCRYPTION_KEYS', 'is required in production');
  return parseMfaEncryptionKeys(developmentMfaEncryptionKeys(DATA_DIR));
}

function generatedTokenKeys({ DATA_DIR, JWT_PUBLIC_KEYS }: Environment): TokenKeys {
  return parseTokenKeys(developmentPrivateKey(DATA_DIR), JWT_PUBLIC_KEYS, developmentFormerPublicKeys(DATA_DIR));
}
