import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { SettingError } from './setting-error.js';

declare const secretBrand: unique symbol;

/** Key material that must never reach a log, an error or a document. */
export type Secret = Buffer & { readonly [secretBrand]: true };

/** A secret for MACs of codes. Each MAC is stored with the id. */
export interface MfaSecret {
  readonly id: string;
  readonly secret: Secret;
}

/** A key that seals credentials. Each credential is stored with the id. */
export interface MfaEncryptionKey {
  readonly id: string;
  readonly key: Secret;
}

/** The key pair that signs access tokens, and all public keys that verify them (its own and older ones). */
export interface TokenKeys {
  readonly privateKey: KeyObject;
  readonly publicKeys: readonly KeyObject[];
}

const MINIMUM_SECRET_BYTES = 32;
const ENCRYPTION_KEY_BYTES = 32;
const MINIMUM_RSA_BITS = 2048;

/** Reads `id:base64,id:base64`. */
export function parseMfaSecrets(value: string): readonly MfaSecret[] {
  const secrets = bytesById(value);
  if (!secrets?.every(([, { length }]) => length >= MINIMUM_SECRET_BYTES)) {
    throw SettingError.of(
      'MFA_SECRETS',
      'must be id:base64,id:base64 with different ids and secrets of 32 bytes or more',
    );
  }
  return secrets.map(([id, secret]) => ({ id, secret }));
}

/** Reads `id:base64,id:base64`. */
export function parseMfaEncryptionKeys(value: string): readonly MfaEncryptionKey[] {
  const keys = bytesById(value);
  if (!keys?.every(([, { length }]) => length === ENCRYPTION_KEY_BYTES)) {
    throw SettingError.of(
      'MFA_ENCRYPTION_KEYS',
      'must be id:base64,id:base64 with different ids and keys of exactly 32 bytes',
    );
  }
  return keys.map(([id, key]) => ({ id, key }));
}

/** @returns undefined if an entry has another form, or two entries have the same id */
function bytesById(value: string): readonly (readonly [id: string, bytes: Secret])[] | undefined {
  const entries = value.split(',').map((entry) => {
    const [, id = '', encoded = ''] = /^\s*([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/=_-]+)\s*$/.exec(entry) ?? [];
    return [id, Buffer.from(encoded, 'base64') as Secret] as const;
  });
  const ids = new Set(entries.map(([id]) => id));
  return ids.size === entries.length && !ids.has('') ? entries : undefined;
}

/**
 * Reads a private key and the public keys of former ones. Line breaks may be written as `\n`, or the whole text in
 * base64.
 */
export function parseTokenKeys(privatePem: string, ...publicPems: readonly (string | undefined)[]): TokenKeys {
  const privateKey = rsaKey('JWT_PRIVATE_KEY', 'must be an RSA private key of 2048 bits or more in PEM form', () =>
    createPrivateKey(pem(privatePem)),
  );
  const older = publicPems
    .flatMap(pemBlocks)
    .map((block) =>
      rsaKey('JWT_PUBLIC_KEYS', 'must be RSA public keys in PEM form, one after the other', () =>
        createPublicKey(block),
      ),
    );
  return { privateKey, publicKeys: [createPublicKey(privateKey), ...older] };
}

function rsaKey(variable: string, rule: string, create: () => KeyObject): KeyObject {
  try {
    const key = create();
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (key.asymmetricKeyType === 'rsa' && bits >= MINIMUM_RSA_BITS) return key;
  } catch {
    // the original error would quote the key
  }
  throw SettingError.of(variable, rule);
}

function pemBlocks(value: string | undefined): readonly string[] {
  return value ? (pem(value).match(/-----BEGIN [\s\S]+?-----END [A-Z ]+-----/g) ?? [value]) : [];
}

function pem(value: string): string {
  if (value.includes('-----BEGIN')) return value.replaceAll('\\n', '\n');
  return Buffer.from(value, 'base64').toString('utf8');
}
