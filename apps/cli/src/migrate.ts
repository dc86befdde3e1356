import { readSettings, runProgram } from '#platform';
import { readCommandLine } from './command-line.js';
import { withDatabase } from './database.js';
import { migrateDatabase } from './migrate-database.js';
import { progress } from './progress.js';

const HELP = `
Usage: npm run migrate

Brings the schema of the database up to date: the one of DATABASE_URL, or else the embedded one in DATA_DIR.
Does nothing when no migration is pending. Programs that migrate at the same time take turns.
`;

await runProgram(async () => {
  if (!readCommandLine({ help: HELP })) return;
  const names = await withDatabase(readSettings(process.env), migrateDatabase);
  for (const name of names) progress(`Migrated: ${name}`);
  if (names.length === 0) progress('No migration is pending.');
});
