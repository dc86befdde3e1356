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

/** Keys are read on first use, so that programs that do not need them do not create any. */
export interface KeySettings {
  /** The first secret signs codes; all secrets verify. */
  readonly mfaSecrets: () => readonly MfaSecret[];
  /**
   * The first key seals credentials; all keys open them. Only methods that store a secret for each person need these
   * keys.
   *
   * @throws SettingError in production if there are none
   */
  readonly mfaEncryptionKeys: () => readonly MfaEncryptionKey[];
  readonly tokenKeys: () => TokenKeys;
  /** Which keys the environment sets. The others are generated and stored in the data folder. */
  readonly givenKeys: { readonly mfa: boolean; readonly encryption: boolean; readonly jwt: boolean };
}

/** Checks keys from the environment at once. Generated keys are created only on first use. */
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
