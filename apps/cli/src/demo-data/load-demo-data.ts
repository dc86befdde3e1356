import type { Client } from 'pg';
import { commitAfter, withLongClient } from '../database.js';
import { FIND_LOADED, LEAVE_OUT_LOADED, REMEMBER_LOADED } from '../loading/entries.sql.js';
import type { Entry } from '../loading/kind.js';
import {
  judgeByDatabase,
  judgeTogether,
  type StagedEntry,
  stageEntries,
  storeEntries,
  takeTurn,
} from '../loading/load-entries.js';
import { type DocumentList, readDocument } from './document.js';

/** What was loaded of a list; `alreadyThere` counts entries that an earlier run has loaded. */
export interface LoadedList {
  readonly list: string;
  readonly count: number;
  readonly alreadyThere: number;
}

/** libuv hashes passwords on four threads. */
const PREPARED_AT_ONCE = 4;

/**
 * Loads all or nothing into a migrated database. Insert-only by natural key: an entry that was ever loaded is not touched
 * again, whatever became of it.
 *
 * @param document the parsed file
 * @returns the lists of the file in the order of loading
 * @throws ProgramError with all problems, a line each
 */
export async function loadDemoData(url: string, document: unknown): Promise<readonly LoadedList[]> {
  const { lists, problems } = readDocument(document);
  const kinds = lists.map(({ kind }) => kind);
  const { signal } = new AbortController();
  return withLongClient(url, signal, async (connection) => {
    const { client } = connection;
    const entries = problems.isEmpty ? await prepareNew(client, lists) : lists.flatMap((list) => list.entries);
    await stageEntries(client, [entries.map(withoutPassword)], signal);
    await judgeTogether(client, kinds, problems);
    problems.throwIfAny();
    await takeTurn(client, 'demo data');
    for (const { kind } of lists) await client.query(LEAVE_OUT_LOADED, [kind.kind, kind.list]);
    await judgeByDatabase(client, kinds, problems);
    problems.throwIfAny();
    const refusal = { text: 'The demo data was not loaded: an entry', again: 'Load it again.' };
    const stored = await commitAfter(connection, refusal, async () => {
      for (const { kind } of lists) await client.query(REMEMBER_LOADED, [kind.kind, kind.list]);
      return storeEntries(client, kinds);
    });
    return lists.map(({ kind, entries: all }) => {
      const count = stored.get(kind.kind)?.created ?? 0;
      return { list: kind.list, count, alreadyThere: all.length - count };
    });
  });
}

export const loadedText = ({ list, count, alreadyThere }: LoadedList): string =>
  `${list}: ${count} loaded, ${alreadyThere} loaded before`;

/** A password must not be readable in the database, not even in the staging table. */
const withoutPassword = ({ entry: { password: _, ...entry }, ...staged }: StagedEntry): StagedEntry => ({
  ...staged,
  entry,
});

/** Hashes the passwords of entries that were never loaded; all others are staged as what entries refer to. */
async function prepareNew(client: Client, lists: readonly DocumentList[]): Promise<readonly StagedEntry[]> {
  const ready: StagedEntry[] = [];
  for (const { kind, entries } of lists) {
    const { prepare = (entry: Entry) => Promise.resolve(entry) } = kind;
    const keys = entries.map(({ naturalKey }) => naturalKey);
    const { rows } = await client.query<{ key: string }>(FIND_LOADED, [kind.list, keys]);
    const loaded = new Set(rows.map(({ key }) => key));
    const queue = entries.values();
    const prepareSome = async (): Promise<void> => {
      for (const one of queue) {
        const isNew = !loaded.has(one.naturalKey ?? '');
        ready.push(isNew ? { ...one, entry: await prepare(one.entry) } : one);
      }
    };
    await Promise.all(Array.from({ length: PREPARED_AT_ONCE }, prepareSome));
  }
  return ready;
}
