import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { EncryptionKey } from '#mfa';
import { parseMfaEncryptionKeys, ProgramError, SettingError, type Settings } from '#platform';
import { addCommand, addGroup, operatorName, interruptible, note } from '../command-line.js';
import { withDatabase } from '../database.js';
import { openSource, STANDARD_STREAM, unreadableFile } from '../lines/line-files.js';
import { type OperatorsMfa, withMfaAt } from '../mfa/operators-mfa.js';
import { exportAccounts } from './export-accounts.js';
import { importAccounts } from './import-accounts.js';

const EXPORT = `
Writes all customers and users as lines of JSON, an account each: profile, password hash, company users, and second
factors with their status, misses and lock. All lines are of one moment. Addresses, carts, orders, sessions and codes
are not in it, nor customers who were anonymised: nothing is left of them to move.

What methods keep of people, such as the secrets of authenticator apps, goes along only with --seal-for, sealed by that
key; else these methods are left out. Recovery codes are good in one installation alone and are always left out. The
command says how many methods it left out.

The file is as sensitive as the database: it has everybody's password hash and address. It is written with mode 0600
under another name, and gets its own when it is complete; a file of the same name is replaced then.
`;

const IMPORT = `
Reads what "accounts export" has written, and creates the accounts, all or none. Second factors work as they did; ids
are new ones; who had to log in has to do so again. Each account with second factors gets an entry in the audit trail.

What methods keep of people comes along with --sealed-for, and is sealed anew by the first key of MFA_ENCRYPTION_KEYS;
else these methods are left out, and the command says how many: such a person logs in without a second factor.

A wrong line is told with its number and what is wrong, and so is one whose account exists already or stands in the
file twice: the first 20 of them. Then, and when the command is interrupted, the database stays as it was.
`;

const KEY_FILE = 'a file with one key, as id:base64 of 32 bytes';

interface ExportCommandOptions {
  readonly sealFor?: string;
}

interface ImportCommandOptions {
  readonly sealedFor?: string;
  readonly dryRun?: boolean;
}

export function addAccountsCommands(program: Command, settings: () => Settings): void {
  const accounts = addGroup(program, 'accounts', 'Accounts with their second factors');
  addCommand(accounts, 'export', 'writes all accounts to a file', EXPORT)
    .argument('<file>', 'where to write; - is standard output')
    .option('--seal-for <file>', `take along what methods keep, sealed by a key: ${KEY_FILE}`)
    .action((path: string, options: ExportCommandOptions) => runExport(settings(), path, options));
  addCommand(accounts, 'import', 'creates the accounts of a file', IMPORT)
    .argument('<file>', 'what to read; - is standard input')
    .option('--sealed-for <file>', `take over what methods keep, sealed by a key: ${KEY_FILE}`)
    .option('--dry-run', 'check everything, and create nothing')
    .action((path: string, options: ImportCommandOptions) => runImport(settings(), path, options));
}

async function runExport(settings: Settings, path: string, { sealFor }: ExportCommandOptions): Promise<void> {
  const key = sealFor === undefined ? undefined : await readTransportKey(sealFor);
  const { accounts, leftOut } = await onMigrated(settings, async ({ url, services, signal }) => {
    if (key) await requireKeys(services);
    return exportAccounts(url, { path, copies: services.accountCopies, key, signal });
  });
  for (const line of [`Accounts that were exported: ${accounts}`, ...leftOut]) note(line);
}

/** Checked first, because a credential whose key is missing would stop the export in the middle. */
async function requireKeys({ credentialKeys }: OperatorsMfa): Promise<void> {
  const missing = await credentialKeys.unknownKeys();
  if (missing.length === 0) return;
  throw new ProgramError(`Nothing was exported: MFA_ENCRYPTION_KEYS has no key with the id: ${missing.join(', ')}.`);
}

async function runImport(
  settings: Settings,
  path: string,
  { sealedFor, dryRun: isDryRun = false }: ImportCommandOptions,
): Promise<void> {
  const key = sealedFor === undefined ? undefined : await readTransportKey(sealedFor);
  const source = await openSource(path);
  const operator = operatorName();
  const { accounts, leftOut } = await onMigrated(settings, ({ url, services, signal }) => {
    const { mfa, accountCopies: copies } = services;
    const methods = { customer: mfa.methodsFor('customer'), user: mfa.methodsFor('user') };
    return importAccounts(url, { source, methods, copies, key, operator, isDryRun, signal });
  });
  note(isDryRun ? `Accounts that could be imported: ${accounts}` : `Accounts that were imported: ${accounts}`);
  leftOut.forEach(note);
}

interface Migrated {
  readonly url: string;
  readonly services: OperatorsMfa;
  readonly signal: AbortSignal;
}

function onMigrated<T>(settings: Settings, use: (database: Migrated) => Promise<T>): Promise<T> {
  return interruptible((signal) =>
    withDatabase(settings, (url) => withMfaAt(settings, url, (services) => use({ url, services, signal })), note),
  );
}

/**
 * Reads the key that seals credentials on their way from one installation to another. It is read from a file, because an
 * option could be seen in the list of processes and in the shell's history.
 *
 * @throws ProgramError when it cannot be read, or is no key; the text does not show it
 */
export async function readTransportKey(path: string): Promise<EncryptionKey> {
  if (path === STANDARD_STREAM) throw new ProgramError('The key must stand in a file, - is none.');
  const text = await readFile(path, 'utf8').catch((error: unknown) => unreadableFile(path, error));
  const [key, ...more] = keysIn(text);
  if (key && more.length === 0) return key;
  throw new ProgramError(`${path} must hold one key, as id:base64 of 32 bytes.`);
}

function keysIn(text: string): readonly EncryptionKey[] {
  try {
    return parseMfaEncryptionKeys(text.trim());
  } catch (error) {
    if (error instanceof SettingError) return [];
    throw error;
  }
}
