import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';
import { checkReferences, checkUnique, reportTaken } from './checks.js';
import { findLoadedKeys, lockDemoData, rememberLoaded } from './demo-data.repository.js';
import type { DemoList } from './demo-list.js';
import { readDocument, type DocumentEntry, type DocumentList } from './document.js';
import { mapInParallel } from './map-in-parallel.js';
import { Problems } from './problems.js';

export { DEFAULT_DEMO_DATA, readDemoData } from './demo-data-file.js';

/** What was loaded of a list; `alreadyThere` counts entries that an earlier run has loaded. */
export interface LoadedList {
  readonly list: string;
  readonly count: number;
  readonly alreadyThere: number;
}

/** New entries of a list, ready to be inserted. */
interface PreparedList {
  readonly list: DemoList;
  readonly total: number;
  readonly entries: readonly (DocumentEntry & { readonly key: string })[];
}

/** libuv hashes passwords on four threads. */
const PREPARED_AT_ONCE = 4;

const UNIQUE_VIOLATION = '23505';

/**
 * Loads all or nothing. Insert-only by natural key: an entry that was ever loaded is not touched again, whatever became
 * of it.
 *
 * @param document the parsed file
 * @returns the lists of the file in the order of loading
 * @throws ProgramError with all problems, a line each
 */
export async function loadDemoData(dataSource: DataSource, document: unknown): Promise<LoadedList[]> {
  const problems = new Problems();
  const lists = readDocument(document, problems);
  checkUnique(lists, problems);
  await checkReferences(dataSource.manager, lists, problems);
  problems.throwIfAny();
  const prepared: PreparedList[] = [];
  for (const list of lists) prepared.push(await prepareNew(dataSource.manager, list));
  return dataSource.transaction((manager) => insertAll(manager, prepared));
}

async function prepareNew(manager: EntityManager, { list, entries }: DocumentList): Promise<PreparedList> {
  const keyed = entries.map((item) => ({ ...item, key: list.unique[0].value(item.entry) ?? '' }));
  const news = await withoutLoaded(manager, list, keyed);
  const ready = await mapInParallel(PREPARED_AT_ONCE, news, async (item) => {
    return { ...item, entry: (await list.prepare?.(item.entry)) ?? item.entry };
  });
  return { list, total: entries.length, entries: ready };
}

async function insertAll(manager: EntityManager, lists: readonly PreparedList[]): Promise<LoadedList[]> {
  const problems = { conflicts: new Problems(), missing: new Problems() };
  await lockDemoData(manager);
  const inserted: PreparedList[] = [];
  for (const prepared of lists) {
    // another loader may have been quicker
    const entries = await withoutLoaded(manager, prepared.list, prepared.entries);
    for (const item of entries) await insertOne(manager, prepared.list, item, problems);
    inserted.push({ ...prepared, entries });
  }
  problems.conflicts.throwIfAny();
  // behind a conflict this is only its consequence
  problems.missing.throwIfAny();
  for (const list of inserted) await finish(manager, list);
  return inserted.map(({ list, total, entries }) => {
    return { list: list.name, count: entries.length, alreadyThere: total - entries.length };
  });
}

async function finish(manager: EntityManager, { list, entries: items }: PreparedList): Promise<void> {
  const entries = items.map(({ entry }) => entry);
  const keys = items.map(({ key }) => key);
  await list.afterInsert?.(manager, entries);
  await rememberLoaded(manager, list.name, keys);
}

/** A savepoint for each entry, so that one conflict does not hide the next. */
async function insertOne(
  manager: EntityManager,
  list: DemoList,
  { place, entry }: DocumentEntry,
  { conflicts, missing }: { readonly conflicts: Problems; readonly missing: Problems },
): Promise<void> {
  try {
    const isInserted = await manager.transaction((savepoint) => list.insert(savepoint, entry));
    if (!isInserted) missing.add(place, 'refers to what was removed or changed in the database');
  } catch (error) {
    const unique = list.unique.find(({ constraint }) => constraint === violatedConstraint(error));
    if (!unique) throw error;
    reportTaken(unique, place, 'in the database', conflicts);
  }
}

function violatedConstraint(error: unknown): string | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  const { code, constraint } = error.driverError as { code?: string; constraint?: string };
  return code === UNIQUE_VIOLATION ? constraint : undefined;
}

async function withoutLoaded<Item extends { readonly key: string }>(
  manager: EntityManager,
  list: DemoList,
  items: readonly Item[],
): Promise<Item[]> {
  const keys = items.map(({ key }) => key);
  const loaded = await findLoadedKeys(manager, list.name, keys);
  return items.filter(({ key }) => !loaded.has(key));
}
