import { DataSource } from 'typeorm';
import { MIGRATIONS } from '#migrations';
import { dataSourceOptions, ProgramError } from '#platform';
import { loadDemoData, type LoadedList } from './demo-data/load.js';

/**
 * Loads demo data into a migrated database.
 *
 * @param document the parsed file
 * @throws ProgramError when the document or the database's schema is not as it must be
 */
export async function loadDemoDataInto(url: string, document: unknown): Promise<LoadedList[]> {
  const options = dataSourceOptions({
    url,
    applicationName: 'sallyport-demo-data',
    entities: [],
    migrations: MIGRATIONS,
  });
  const dataSource = await new DataSource(options).initialize();
  try {
    if (await dataSource.showMigrations()) throw new ProgramError('Migrations are pending: npm run migrate runs them.');
    return await loadDemoData(dataSource, document);
  } finally {
    await dataSource.destroy();
  }
}

/** What was loaded, a line for each list. */
export function demoDataLines(lists: readonly LoadedList[]): readonly string[] {
  return lists.map(({ list, count, alreadyThere }) => `${list}: ${count} loaded, ${alreadyThere} loaded before`);
}
