import { generateKeyPairSync, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const ENCRYPTION_KEY_BYTES = 32;
const RSA_BITS = 2048;

/** @returns a secret for MACs of codes, in base64 */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64');
}

/** @returns a key for AES-256, in base64 */
export function newEncryptionKey(): string {
  return randomBytes(ENCRYPTION_KEY_BYTES).toString('base64');
}

/** @returns an RSA private key for access tokens, in PEM form (PKCS #8) */
export function newPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: RSA_BITS });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
