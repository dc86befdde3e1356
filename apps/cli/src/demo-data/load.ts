import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';
import { withDataSource } from '../database.js';
import { Problems } from '../json-lines/problems.js';
import { naturalKey, type Kind } from '../kinds/kind.js';
import {
  continueIdsBehind,
  findLoadedKeys,
  insertEntry,
  lockDemoData,
  rememberLoaded,
} from './demo-data.repository.js';
import {
  checkReferences,
  checkUnique,
  readDocument,
  reportTaken,
  type DocumentEntry,
  type DocumentList,
} from './document.js';

export { DEFAULT_DEMO_DATA, readDemoData } from './demo-data-file.js';

/** What was loaded of a list; `alreadyThere` counts entries that an earlier run has loaded. */
export interface LoadedList {
  readonly list: string;
  readonly count: number;
  readonly alreadyThere: number;
}

/** New entries of a list, ready to be inserted. */
interface PreparedList {
  readonly kind: Kind;
  readonly total: number;
  readonly entries: readonly (DocumentEntry & { readonly key: string })[];
}

/** libuv hashes passwords on four threads. */
const PREPARED_AT_ONCE = 4;

const UNIQUE_VIOLATION = '23505';
const NOT_NULL_VIOLATION = '23502';

/**
 * Loads demo data into a migrated database.
 *
 * @param document the parsed file
 * @returns a line for each list
 * @throws ProgramError when the document or the database's schema is not as it must be
 */
export async function loadDemoDataInto(url: string, document: unknown): Promise<readonly string[]> {
  const lists = await withDataSource(url, 'sallyport-demo-data', (dataSource) => loadDemoData(dataSource, document));
  return lists.map(({ list, count, alreadyThere }) => `${list}: ${count} loaded, ${alreadyThere} loaded before`);
}

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

async function prepareNew(manager: EntityManager, { kind, entries }: DocumentList): Promise<PreparedList> {
  const keyed = entries.map((item) => ({ ...item, key: naturalKey(kind, item.entry) }));
  const news = await withoutLoaded(manager, kind, keyed);
  const ready = [...news];
  const queue = news.entries();
  const prepareSome = async (): Promise<void> => {
    for (const [at, item] of queue) ready[at] = { ...item, entry: (await kind.prepare?.(item.entry)) ?? item.entry };
  };
  await Promise.all(Array.from({ length: PREPARED_AT_ONCE }, prepareSome));
  return { kind, total: entries.length, entries: ready };
}

async function insertAll(manager: EntityManager, lists: readonly PreparedList[]): Promise<LoadedList[]> {
  const problems = { conflicts: new Problems(), missing: new Problems() };
  await lockDemoData(manager);
  const inserted: PreparedList[] = [];
  for (const prepared of lists) {
    // another loader may have been quicker
    const entries = await withoutLoaded(manager, prepared.kind, prepared.entries);
    for (const item of entries) await insertOne(manager, prepared.kind, item, problems);
    inserted.push({ ...prepared, entries });
  }
  problems.conflicts.throwIfAny();
  // behind a conflict this is only its consequence
  problems.missing.throwIfAny();
  for (const list of inserted) await finish(manager, list);
  return inserted.map(({ kind, total, entries }) => {
    return { list: kind.list, count: entries.length, alreadyThere: total - entries.length };
  });
}

async function finish(manager: EntityManager, { kind, entries }: PreparedList): Promise<void> {
  const { idOf } = kind;
  if (idOf) {
    const ids = entries.map(({ entry }) => idOf(entry));
    await continueIdsBehind(manager, kind.table, ids);
  }
  const keys = entries.map(({ key }) => key);
  await rememberLoaded(manager, kind.list, keys);
}

/** A savepoint for each entry, so that one conflict does not hide the next. */
async function insertOne(
  manager: EntityManager,
  kind: Kind,
  { place, entry }: DocumentEntry,
  { conflicts, missing }: { readonly conflicts: Problems; readonly missing: Problems },
): Promise<void> {
  try {
    await manager.transaction((savepoint) => insertEntry(savepoint, kind, entry));
  } catch (error) {
    const { code, constraint, column } = violation(error);
    const unique = code === UNIQUE_VIOLATION && kind.unique.find((one) => one.constraint === constraint);
    if (unique) return reportTaken(unique, place, 'in the database', conflicts);
    if (code !== NOT_NULL_VIOLATION || !kind.columns.some((one) => one.reference && one.name === column)) throw error;
    missing.add(place, 'refers to what was removed or changed in the database');
  }
}

interface Violation {
  readonly code?: string;
  readonly constraint?: string;
  readonly column?: string;
}

const violation = (error: unknown): Violation =>
  error instanceof QueryFailedError ? (error.driverError as Violation) : {};

async function withoutLoaded<Item extends { readonly key: string }>(
  manager: EntityManager,
  kind: Kind,
  items: readonly Item[],
): Promise<Item[]> {
  const keys = items.map(({ key }) => key);
  const loaded = await findLoadedKeys(manager, kind.list, keys);
  return items.filter(({ key }) => !loaded.has(key));
}
