import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import {
  rowsInto,
  SEPARATOR,
  continueIdsStatement,
  INDEX_STAGING,
  insertStatement,
  lockStatement,
  missingQuery,
  NEXT_RANGE,
  OPEN_STAGING,
  repeatedQuery,
  takenQuery,
  unreferredQuery,
  updateStatement,
} from './entries.sql.js';
import type { WrongMember } from './entry-rules.js';
import type { Entry, Kind, Reference, Unique } from './kind.js';
import type { Problems } from './problems.js';

/** A kind of entry, and what is done with it. */
export interface LoadedKind extends Kind {
  /** With `add` an entry must be new, with `change` its row must exist. */
  readonly mode: 'add' | 'change' | 'add or change';
}

/** An entry of the staging table. */
export interface StagedEntry {
  /** From 1 on; problems are told by it. */
  readonly line: number;
  readonly kind: string;
  /** Undefined: the entry is wrong, and is staged only because others may refer to it. */
  readonly naturalKey: string | undefined;
  readonly entry: Entry;
}

/** How many rows were made, and how many were changed. */
export interface Stored {
  readonly created: number;
  readonly changed: number;
}

const BATCH_LINES = 10_000;

/**
 * Begins the transaction in which entries are loaded, and copies them into the staging table.
 *
 * @param chunks some entries at a time
 * @returns how many entries of each kind there are
 * @throws the signal's reason when it came
 */
export async function stageEntries(
  client: Client,
  chunks: AsyncIterable<readonly StagedEntry[]> | Iterable<readonly StagedEntry[]>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  async function* rows(): AsyncGenerator<string> {
    for await (const entries of chunks) {
      for (const { kind } of entries) counts.set(kind, (counts.get(kind) ?? 0) + 1);
      yield entries.map(rowOf).join('');
    }
  }
  await client.query('BEGIN');
  await client.query(`SET LOCAL work_mem = '64MB'`);
  await client.query(OPEN_STAGING);
  await pipeline(Readable.from(rows()), rowsInto(client, 'staged_entry'), { signal });
  await client.query(INDEX_STAGING);
  return counts;
}

const rowOf = ({ line, kind, naturalKey = '', entry }: StagedEntry): string =>
  `${[line, kind, naturalKey, JSON.stringify(entry)].join(SEPARATOR)}\n`;

/** Checks entries against each other: what must be unique, and what they refer to. */
export async function judgeTogether(client: Client, kinds: readonly LoadedKind[], problems: Problems): Promise<void> {
  for (const kind of kinds) {
    for (const unique of kind.unique) {
      const { path, rule } = kind.mode === 'add' ? takenRule(unique) : { path: [], rule: 'is named already' };
      const repeated = await client.query<{ line: number; owner: number }>(repeatedQuery(kind, unique));
      for (const { line, owner } of repeated.rows) problems.addTaken(line, path, rule, owner);
    }
    await findUnreferred(client, kind, (member, { rule }) => ({ path: [member], rule }), problems);
  }
}

/** Checks entries against the rows of the database. */
export async function judgeByDatabase(client: Client, kinds: readonly LoadedKind[], problems: Problems): Promise<void> {
  for (const kind of kinds) {
    if (kind.mode === 'add') {
      await findTaken(client, kind, problems);
      const rule = 'refers to what was removed or changed in the database';
      await findUnreferred(client, kind, () => ({ path: [], rule }), problems);
    }
    if (kind.mode === 'change') {
      const rule = `is no ${kind.table} of the database`;
      for (const line of await linesOf(client, missingQuery(kind))) problems.add(line, kind.unique[0].members, rule);
    }
  }
}

async function findUnreferred(
  client: Client,
  kind: Kind,
  tell: (member: string, reference: Reference) => WrongMember,
  problems: Problems,
): Promise<void> {
  for (const { member, reference } of kind.columns) {
    if (!reference) continue;
    const { path, rule } = tell(member, reference);
    for (const line of await linesOf(client, unreferredQuery(kind, member, reference))) problems.add(line, path, rule);
  }
}

/** Of an entry only the first rule that it breaks is told. */
async function findTaken(client: Client, kind: Kind, problems: Problems): Promise<void> {
  const told = new Set<number>();
  for (const unique of kind.unique) {
    const { path, rule } = takenRule(unique);
    for (const line of await linesOf(client, takenQuery(kind, unique))) {
      if (!told.has(line)) problems.addTaken(line, path, rule);
      told.add(line);
    }
  }
}

function takenRule({ members, unlessFalse, rule = 'is already taken' }: Unique): WrongMember {
  return { path: [unlessFalse ?? members.at(-1) ?? ''], rule };
}

async function linesOf(client: Client, query: string): Promise<readonly number[]> {
  const { rows } = await client.query<{ line: number }>(query);
  return rows.map(({ line }) => line);
}

/** Waits until no other transaction loads the same; the lock is kept until the transaction ends. */
export async function takeTurn(client: Client, name: string): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [name]);
}

/**
 * Stores all staged entries, kind by kind.
 *
 * @param onStored told how many entries were stored so far
 */
export async function storeEntries(
  client: Client,
  kinds: readonly LoadedKind[],
  onStored: (entries: number) => void = () => undefined,
): Promise<ReadonlyMap<string, Stored>> {
  const stored = new Map<string, Stored>();
  let done = 0;
  for (const kind of kinds) {
    stored.set(kind.kind, await storeKind(client, kind, (entries) => onStored((done += entries))));
    if (kind.id !== undefined) await client.query(continueIdsStatement(kind));
  }
  return stored;
}

/** Stores batch by batch, in the order of keys. */
async function storeKind(client: Client, kind: LoadedKind, onBatch: (entries: number) => void): Promise<Stored> {
  let created = 0;
  let changed = 0;
  let range = await nextRange(client, kind, null);
  while (range) {
    const stored = await storeBatch(client, kind, range);
    created += stored.created;
    changed += stored.changed;
    onBatch(range.lines);
    range = await nextRange(client, kind, range.last);
  }
  return { created, changed };
}

interface Range {
  readonly first: string;
  readonly last: string;
  readonly lines: number;
}

async function nextRange(client: Client, { kind }: LoadedKind, behind: string | null): Promise<Range | undefined> {
  const values = [kind, behind, BATCH_LINES];
  const { rows } = await client.query<Range>({ name: 'load_next_range', text: NEXT_RANGE, values });
  return rows[0]?.lines ? rows[0] : undefined;
}

async function storeBatch(client: Client, kind: LoadedKind, { first, last }: Range): Promise<Stored> {
  const run = async (step: string, text: string): Promise<number> => {
    const { rowCount } = await client.query({ name: `load_${step}_${kind.kind}`, text, values: [first, last] });
    return rowCount ?? 0;
  };
  if (kind.mode === 'add') return { created: await run('insert', insertStatement(kind, false)), changed: 0 };
  await run('lock', lockStatement(kind));
  const changed = await run('update', updateStatement(kind));
  const created = kind.mode === 'change' ? 0 : await run('insert', insertStatement(kind, true));
  return { created, changed };
}
