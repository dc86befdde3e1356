import { ProgramError, readSettings, runProgram } from '#platform';
import { readCommandLine } from './command-line.js';
import { withDatabase } from './database.js';
import { demoDataLines, loadDemoDataInto } from './demo-data-loading.js';
import { DEFAULT_DEMO_DATA, readDemoData } from './demo-data/load.js';
import { progress } from './progress.js';

const HELP = `
Usage: npm run demo-data [-- <file>]

Loads demo data into the database: the one of DATABASE_URL, or else the embedded one in DATA_DIR.
Without a file it loads the demo shop. Entries that were ever loaded are not touched again.
`;

await runProgram(async () => {
  const given = readCommandLine({ help: HELP, maximumArguments: 1 });
  if (!given) return;
  const settings = readSettings(process.env);
  if (settings.environment === 'production') throw new ProgramError('Demo data is not for production.');
  const document = await readDemoData(given.positionals[0] ?? DEFAULT_DEMO_DATA);
  const loaded = await withDatabase(settings, (url) => loadDemoDataInto(url, document));
  for (const line of demoDataLines(loaded)) progress(line);
});
