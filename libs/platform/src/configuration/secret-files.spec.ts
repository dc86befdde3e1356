import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from './settings.js';

describe('A secret in a file', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-secrets-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const fileWith = (content: string): string => {
    const path = join(folder, 'secret');
    writeFileSync(path, content);
    return path;
  };

  it('counts like its variable, without the line break at its end', () => {
    const DATABASE_URL_FILE = fileWith('postgres://apps:secret@db/shop\r\n');
    expect(readSettings({ DATABASE_URL_FILE })).toMatchObject({ databaseUrl: 'postgres://apps:secret@db/shop' });
  });

  it('may have several lines', () => {
    const key = `k1:${Buffer.alloc(32, 1).toString('base64')}`;
    const former = `k0:${Buffer.alloc(32).toString('base64')}`;
    expect(readSettings({ MFA_SECRETS_FILE: fileWith(`${key},\n${former}\n`) }).mfaSecrets()).toHaveLength(2);
  });

  it.each([
    'DATABASE_URL',
    'MIGRATION_DATABASE_URL',
    'SMTP_URL',
    'MFA_SECRETS',
    'MFA_ENCRYPTION_KEYS',
    'JWT_PRIVATE_KEY',
  ])('is checked by the rule of %s, which is all that is told', (name) => {
    const file = fileWith('hush');
    expect(() => readSettings({ [`${name}_FILE`]: file })).toThrow(new RegExp(`^${name} must be [^\n]*$`));
    expect(() => readSettings({ [`${name}_FILE`]: file })).not.toThrow(/hush/);
  });

  it('is not read where the variable stands beside it: one of them would be the wrong one', () => {
    const env = { SMTP_URL: 'smtp://mail', SMTP_URL_FILE: fileWith('smtp://other') };
    expect(() => readSettings(env)).toThrow(/^SMTP_URL_FILE must not be set beside SMTP_URL$/);
    expect(readSettings({ ...env, SMTP_URL: '' })).toMatchObject({ smtpUrl: 'smtp://other' });
  });

  it('stops the start where it cannot be read or holds nothing, each named in a line', () => {
    const env = {
      MFA_SECRETS_FILE: join(folder, 'none'),
      JWT_PRIVATE_KEY_FILE: folder,
      SMTP_URL_FILE: fileWith(' \n'),
    };
    expect(() => readSettings(env)).toThrow(
      [
        'SMTP_URL_FILE is the path of an empty file',
        'MFA_SECRETS_FILE must be the path of a file that can be read (ENOENT)',
        'JWT_PRIVATE_KEY_FILE must be the path of a file that can be read (EISDIR)',
      ].join('\n'),
    );
  });
});
