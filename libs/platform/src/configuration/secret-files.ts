import { readFileSync } from 'node:fs';
import { SettingError } from './setting-error.js';

/**
 * Secret settings. Each one can be given as `NAME_FILE=path`, so that the environment of the process does not show it.
 */
const SECRETS = [
  'DATABASE_URL',
  'MIGRATION_DATABASE_URL',
  'SMTP_URL',
  'MFA_SECRETS',
  'MFA_ENCRYPTION_KEYS',
  'JWT_PRIVATE_KEY',
  'JWT_PUBLIC_KEYS',
] as const;

export const SECRET_FILES = SECRETS.map((name) => `${name}_FILE` as const);

/**
 * Sets variables to the content of their secret files, without leading and trailing white space.
 *
 * @param env without empty variables
 * @throws SettingError naming each variable whose file cannot be read, or that is given twice
 */
export function withSecretFiles(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const problems: string[] = [];
  const read = SECRETS.flatMap((name): [string, string][] => {
    const variable = `${name}_FILE` as const;
    const path = env[variable];
    if (path === undefined) return [];
    const content = env[name] === undefined ? contentOf(path) : { problem: `must not be set beside ${name}` };
    if (typeof content === 'string') return [[name, content]];
    problems.push(`${variable} ${content.problem}`);
    return [];
  });
  if (problems.length > 0) throw new SettingError(problems.join('\n'));
  return { ...env, ...Object.fromEntries(read) };
}

function contentOf(path: string): string | { readonly problem: string } {
  try {
    return readFileSync(path, 'utf8').trim() || { problem: 'is the path of an empty file' };
  } catch (error) {
    return { problem: `must be the path of a file that can be read (${(error as NodeJS.ErrnoException).code})` };
  }
}
