import type { Command } from 'commander';
import type { Settings } from '#platform';
import { addCommand, addGroup } from '../command-line.js';
import { withDatabase } from '../database.js';
import { interruptible } from '../interruptible.js';
import { withMfaAt } from '../mfa/operators-mfa.js';
import { note } from '../notes.js';
import { operatorName } from '../operator.js';
import type { OfferedMethods } from './account-entry.js';
import { exportAccounts } from './export-accounts.js';
import { importAccounts } from './import-accounts.js';
import { openSource } from './import-source.js';

const EXPORT = `
Writes all customers and users as lines of JSON, an account each: profile, password hash, company users, and second
factors with their status, misses and lock. All lines are of one moment. Addresses, carts, orders, sessions and codes
are not in it, nor customers who were anonymised: nothing is left of them to move.

The file is as sensitive as the database: it has everybody's password hash and address. It is written with mode 0600
under another name, and gets its own when it is complete; a file of the same name is replaced then.
`;

const IMPORT = `
Reads what "accounts export" has written, and creates the accounts, all or none. Second factors work as they did; ids
are new ones; who had to log in has to do so again. Each account with second factors gets an entry in the audit trail.

A wrong line is told with its number and what is wrong, and so is one whose account exists already or stands in the
file twice: the first 20 of them. Then, and when the command is interrupted, the database stays as it was.
`;

export function addAccountsCommands(program: Command, settings: () => Settings): void {
  const accounts = addGroup(program, 'accounts', 'Accounts with their second factors');
  addCommand(accounts, 'export', 'writes all accounts to a file', EXPORT)
    .argument('<file>', 'where to write; - is standard output')
    .action((path: string) => runExport(settings(), path));
  addCommand(accounts, 'import', 'creates the accounts of a file', IMPORT)
    .argument('<file>', 'what to read; - is standard input')
    .option('--dry-run', 'check everything, and create nothing')
    .action((path: string, { dryRun = false }: { dryRun?: boolean }) => runImport(settings(), path, dryRun));
}

async function runExport(settings: Settings, path: string): Promise<void> {
  const total = await onMigrated(settings, ({ url, signal }) => exportAccounts(url, path, signal));
  note(`Accounts that were exported: ${total}`);
}

async function runImport(settings: Settings, path: string, isDryRun: boolean): Promise<void> {
  const source = await openSource(path);
  const operator = operatorName();
  const total = await onMigrated(settings, ({ url, methods, signal }) =>
    importAccounts(url, { source, methods, operator, isDryRun, signal }),
  );
  note(isDryRun ? `Accounts that could be imported: ${total}` : `Accounts that were imported: ${total}`);
}

interface Migrated {
  readonly url: string;
  readonly methods: OfferedMethods;
  readonly signal: AbortSignal;
}

function onMigrated<T>(settings: Settings, use: (database: Migrated) => Promise<T>): Promise<T> {
  const methodsAt = (url: string): Promise<OfferedMethods> =>
    withMfaAt(settings, url, ({ mfa }) =>
      Promise.resolve({ customer: mfa.methodsFor('customer'), user: mfa.methodsFor('user') }),
    );
  return interruptible((signal) =>
    withDatabase(settings, async (url) => use({ url, methods: await methodsAt(url), signal }), note),
  );
}
