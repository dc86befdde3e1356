import '#node-version';
import { forgetData, ProgramError, readSettings, runProgram } from '#platform';
import { newProgram, runCommandLine, progress } from './command-line.js';

const DESCRIPTION = 'Forgets the embedded database and the generated keys in DATA_DIR. The next npm start begins anew.';

const program = newProgram('npm run reset', DESCRIPTION).action(async () => {
  const { databaseUrl, dataDir } = readSettings(process.env);
  if (databaseUrl) throw new ProgramError('DATABASE_URL is set, and only the embedded database can be forgotten.');
  const removed = await forgetData(dataDir);
  for (const path of removed) progress(`Removed ${path}`);
  if (removed.length === 0) progress(`There is no data in ${dataDir}.`);
});

await runProgram(() => runCommandLine(program, process.argv.slice(2)));
