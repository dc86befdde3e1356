import '#node-version';
import { readSettings, runProgram } from '#platform';
import { runCommandLine } from './command-line.js';
import { migrateProgram } from './migrate/migrate.command.js';

await runProgram(() =>
  runCommandLine(
    migrateProgram(() => readSettings(process.env)),
    process.argv.slice(2),
  ),
);
