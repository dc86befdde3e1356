import type { Command } from 'commander';
import { ProgramError, type Settings } from '#platform';
import { newProgram } from '../command-line.js';
import { withDatabase } from '../database.js';
import { progress } from '../terminal.js';
import { migrateFor, undoFor } from './migrate-database.js';

const DESCRIPTION = `
Brings the schema of the database up to date: the one of DATABASE_URL, or else the embedded one in DATA_DIR.
Does nothing when no migration is pending. Programs that migrate at the same time take turns.
With MIGRATION_DATABASE_URL it uses that login, which then owns the tables, and gives the login of DATABASE_URL the
rights that the apps need: they can add entries to the audit trail, and not change them.

With --down-to it goes back to the schema of a former version instead, to be called with this version while no app runs,
behind a backup: what the former schema has no place for is deleted. Without --confirm it only says what that is.
docs/upgrade.md has the whole story.
`;

const EXAMPLES = `
Examples:
  npm run migrate
  npm run migrate -- --down-to NoticesOfBackups
  npm run migrate -- --down-to NoticesOfBackups --confirm`;

interface MigrateOptions {
  readonly downTo?: string;
  readonly confirm?: true;
}

/** @param settings read when it runs, so that help needs none */
export function migrateProgram(settings: () => Settings): Command {
  return newProgram('npm run migrate --', DESCRIPTION)
    .option('--down-to <migration>', 'undo all migrations behind this one, the newest first')
    .option('--confirm', 'undo them, and lose what they lose')
    .addHelpText('after', EXAMPLES)
    .action(async ({ downTo, confirm }: MigrateOptions) => {
      if (downTo !== undefined) return goBack(settings(), downTo, confirm ?? false);
      if (confirm) throw new ProgramError('--confirm is for --down-to.');
      await goForward(settings());
    });
}

async function goForward(settings: Settings): Promise<void> {
  const names = await withDatabase(settings, (url) => migrateFor(settings, url));
  for (const name of names) progress(`Migrated: ${name}`);
  if (names.length === 0) progress('No migration is pending.');
}

async function goBack(settings: Settings, name: string, isConfirmed: boolean): Promise<void> {
  const undone = await withDatabase(settings, (url) => undoFor(settings, url, name, isConfirmed));
  for (const { name: each, loses } of undone)
    progress(`${isConfirmed ? 'Undone' : 'To undo'}: ${each}, loses ${loses}`);
  if (undone.length === 0) return progress('No migration is to be undone.');
  if (!isConfirmed) throw new ProgramError('Nothing was undone. Make a backup, stop the apps, and add --confirm.');
}
