import '#node-version';
import { ProgramError, readSettings, runProgram } from '#platform';
import { newProgram, runCommandLine, progress } from './command-line.js';
import { requireMigratedAt, withDatabase } from './database.js';
import { DEFAULT_DEMO_DATA, readDemoData } from './demo-data/document.js';
import { loadDemoData, loadedText } from './demo-data/load-demo-data.js';

const DESCRIPTION = `
Loads demo data into the database: the one of DATABASE_URL, or else the embedded one in DATA_DIR.
Entries that were ever loaded are not touched again.
`;

const program = newProgram('npm run demo-data --', DESCRIPTION)
  .argument('[file]', 'a JSON file; without it the demo shop is loaded')
  .action(async (file: string = DEFAULT_DEMO_DATA) => {
    const settings = readSettings(process.env);
    if (settings.environment === 'production') throw new ProgramError('Demo data is not for production.');
    const document = await readDemoData(file);
    const loaded = await withDatabase(settings, async (url) => {
      await requireMigratedAt(url);
      return loadDemoData(url, document);
    });
    for (const list of loaded) progress(loadedText(list));
  });

await runProgram(() => runCommandLine(program, process.argv.slice(2)));
