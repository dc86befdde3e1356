import '#node-version';
import { readSettings, runProgram } from '#platform';
import { newProgram, runCommandLine } from './command-line.js';
import { withDatabase } from './database.js';
import { migrateFor } from './migrate-database.js';
import { progress } from './progress.js';

const DESCRIPTION = `
Brings the schema of the database up to date: the one of DATABASE_URL, or else the embedded one in DATA_DIR.
Does nothing when no migration is pending. Programs that migrate at the same time take turns.
With MIGRATION_DATABASE_URL it uses that login, which then owns the tables, and gives the login of DATABASE_URL the
rights that the apps need: they can add entries to the audit trail, and not change them.
`;

const program = newProgram('npm run migrate', DESCRIPTION).action(async () => {
  const settings = readSettings(process.env);
  const names = await withDatabase(settings, (url) => migrateFor(settings, url));
  for (const name of names) progress(`Migrated: ${name}`);
  if (names.length === 0) progress('No migration is pending.');
});

await runProgram(() => runCommandLine(program, process.argv.slice(2)));
