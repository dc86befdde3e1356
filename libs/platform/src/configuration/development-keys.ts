import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A value that is made once and kept in the data folder, readable by its owner alone.
 *
 * Several programs may start at once: the first one to create the file wins, the others read it.
 */
export function keptValue(dataDir: string, name: string, create: () => string): string {
  const folder = join(dataDir, 'keys');
  const file = join(folder, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return createFile(file, create());
  }
}

/** The file appears with its whole content: who reads it while it is made must not find it empty. */
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

export function developmentMfaSecrets(dataDir: string): string {
  return keptValue(dataDir, 'mfa-secrets', () => `dev:${randomBytes(32).toString('base64')}`);
}

export function developmentPrivateKey(dataDir: string): string {
  return keptValue(dataDir, 'jwt-private-key.pem', () =>
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
}
