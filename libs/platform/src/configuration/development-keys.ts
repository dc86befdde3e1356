import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newEncryptionKey, newPrivateKey, newSecret } from './key-generation.js';

const MFA_SECRETS_FILE = 'mfa-secrets';
const MFA_ENCRYPTION_KEYS_FILE = 'mfa-encryption-keys';
const PRIVATE_KEY_FILE = 'jwt-private-key.pem';
const FORMER_PUBLIC_KEYS_FILE = 'jwt-former-public-keys.pem';

/**
 * A value that is created once and stored in the data folder, readable only by its owner.
 *
 * Several programs may start at the same time: the first one creates the file, the others read it.
 */
export function keptValue(dataDir: string, name: string, create: () => string): string {
  const file = fileOf(dataDir, name);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return createFile(file, create());
  }
}

/** The file appears with its whole content, so that another program never reads it empty. */
function createFile(file: string, value: string): string {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, value, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return value;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFileSync(file, 'utf8');
  } finally {
    unlinkSync(draft);
  }
}

/** Replaces a stored value. A program that reads meanwhile gets either the old or the new value. */
function replaceKept(dataDir: string, name: string, value: string): void {
  const file = fileOf(dataDir, name);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, value, { mode: 0o600 });
  renameSync(draft, file);
}

function fileOf(dataDir: string, name: string): string {
  const folder = join(dataDir, 'keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, name);
}

export function developmentMfaSecrets(dataDir: string): string {
  return keptValue(dataDir, MFA_SECRETS_FILE, () => `dev:${newSecret()}`);
}

/** The id is random: after a key is lost, credentials sealed with it must not seem to be sealed with the next key. */
export function developmentMfaEncryptionKeys(dataDir: string): string {
  return keptValue(
    dataDir,
    MFA_ENCRYPTION_KEYS_FILE,
    () => `dev-${randomBytes(4).toString('hex')}:${newEncryptionKey()}`,
  );
}

export function developmentPrivateKey(dataDir: string): string {
  return keptValue(dataDir, PRIVATE_KEY_FILE, newPrivateKey);
}

/** The public keys of former private keys. Undefined if the key was never rotated. */
export function developmentFormerPublicKeys(dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, 'keys', FORMER_PUBLIC_KEYS_FILE), 'utf8') || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces the generated secrets for codes. Programs read them at their next start. */
export function keepDevelopmentMfaSecrets(dataDir: string, value: string): void {
  replaceKept(dataDir, MFA_SECRETS_FILE, value);
}

/** Replaces the generated encryption keys. Programs read them at their next start. */
export function keepDevelopmentMfaEncryptionKeys(dataDir: string, value: string): void {
  replaceKept(dataDir, MFA_ENCRYPTION_KEYS_FILE, value);
}

/**
 * Replaces the public keys of former private keys, and the private key if one is given. Programs read them at their
 * next start.
 *
 * The former keys are written first: a program that starts in between must know the key of all valid tokens.
 */
export function keepDevelopmentTokenKeys(dataDir: string, formerPublicPems: string, privatePem?: string): void {
  replaceKept(dataDir, FORMER_PUBLIC_KEYS_FILE, formerPublicPems);
  if (privatePem) replaceKept(dataDir, PRIVATE_KEY_FILE, privatePem);
}
