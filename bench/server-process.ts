import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { LOCKED, SEEDED_ACCOUNTS, WITH_CODE } from './guard-cases.js';

/** The modules that this process loads from the given checkout, which may be an older one. */
interface Checkout {
  readonly application: typeof import('./application.js');
  readonly database: typeof import('./seeded-database.js');
}

type Numbers = readonly [number, number];

async function load(folder: string): Promise<Checkout> {
  const from = (file: string): string => pathToFileURL(join(folder, 'dist', 'bench', file)).href;
  return {
    application: (await import(from('application.js'))) as Checkout['application'],
    database: (await import(from('seeded-database.js'))) as Checkout['database'],
  };
}

const idsOf = ([from, to]: Numbers): readonly string[] =>
  Array.from({ length: to - from }, (_, index) => String(from + index));

/** Runs the bench application of a checkout on a migrated database: seeds accounts, listens, and returns the port. */
async function serve(folder: string, url: string): Promise<number> {
  const { application, database } = await load(folder);
  const seeded = await database.SeededDatabase.open(url);
  await seeded.growTo(SEEDED_ACCOUNTS);
  await seeded.giveCodes(idsOf(WITH_CODE));
  await seeded.accounts.lock(idsOf(LOCKED));
  await seeded.accounts.analyze();
  await seeded.close();
  const app = await application.createBenchApplication(url);
  await app.listen(0, '127.0.0.1');
  return Number(new URL(await app.getUrl()).port);
}

const [folder = '', url = ''] = process.argv.slice(2);
process.on('disconnect', () => process.exit());
process.send?.(await serve(folder, url));
