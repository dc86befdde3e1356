import '#node-version';
import 'reflect-metadata';
import { readSettings, runProgram } from '#platform';
import { runCommandLine } from './command-line.js';
import { operatorsProgram } from './operators-program.js';

await runProgram(() =>
  runCommandLine(
    operatorsProgram(() => readSettings(process.env)),
    process.argv.slice(2),
  ),
);
