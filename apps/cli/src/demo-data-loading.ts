import { withDataSource } from './database.js';
import { loadDemoData, type LoadedList } from './demo-data/load.js';

/**
 * Loads demo data into a migrated database.
 *
 * @param document the parsed file
 * @throws ProgramError when the document or the database's schema is not as it must be
 */
export function loadDemoDataInto(url: string, document: unknown): Promise<LoadedList[]> {
  return withDataSource(url, 'sallyport-demo-data', (dataSource) => loadDemoData(dataSource, document));
}

/** What was loaded, a line for each list. */
export function demoDataLines(lists: readonly LoadedList[]): readonly string[] {
  return lists.map(({ list, count, alreadyThere }) => `${list}: ${count} loaded, ${alreadyThere} loaded before`);
}
