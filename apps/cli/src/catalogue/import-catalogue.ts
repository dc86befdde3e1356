import type { Client } from 'pg';
import { ProgramError } from '#platform';
import { closeImport, indexStaging, openImport, type Staging, takeStock } from '../json-lines/copy.repository.js';
import type { EntryReader } from '../json-lines/json-lines.js';
import type { ImportSource } from '../json-lines/line-files.js';
import { type LongClient, withLongClient } from '../json-lines/long-client.js';
import { ImportProblems } from '../json-lines/problems.js';
import { stageLines } from '../json-lines/stage-lines.js';
import { naturalKey } from '../kinds/kind.js';
import { ProgressBar } from '../terminal.js';
import type { CatalogueEntry, LineKind } from './catalogue-lines.js';
import {
  continueIds,
  countLines,
  findWrongLines,
  lockCatalogue,
  nextRange,
  type Stored,
  storeRange,
} from './catalogue.repository.js';

export interface CatalogueImportOptions {
  readonly source: ImportSource;
  readonly kinds: readonly LineKind[];
  readonly readEntry: EntryReader<CatalogueEntry>;
  /** Checks everything, and stores nothing. */
  readonly isDryRun: boolean;
  readonly signal: AbortSignal;
}

/** What became of the lines of a kind. */
export interface ImportedKind extends Stored {
  /** How many of them: `shipment methods`. */
  readonly plural: string;
  readonly lines: number;
}

const BATCH_LINES = 10_000;
const SHOWN_LINES = 20;
const UNIQUE_VIOLATION = '23505';

/**
 * Stores all lines of a file, or none, in one transaction.
 *
 * @returns the kinds of which the file has lines
 * @throws ProgramError with the first wrong lines; the signal's reason when it came
 */
export function importCatalogue(url: string, options: CatalogueImportOptions): Promise<readonly ImportedKind[]> {
  const { source, kinds, readEntry, isDryRun, signal } = options;
  return withLongClient(url, signal, async (connection) => {
    const { client } = connection;
    const problems = new ImportProblems(source.name);
    const staging: Staging<CatalogueEntry> = {
      table: 'catalogue_import',
      // of the order that the keys of the tables have
      keys: ['natural_key'],
      keysOf: (entry) => kinds.filter(({ kind }) => kind === entry.kind).map((kind) => naturalKey(kind, entry)),
    };
    await openImport(client, staging);
    await stageLines(client, { source, unit: 'lines', readEntry, staging, problems, signal });
    await indexStaging(client, staging, 'kind, natural_key, line');
    await reportWrongLines(client, kinds, problems);
    const lines = await countLines(client);
    const present = kinds.filter(({ kind }) => lines.has(kind));
    if (isDryRun) return present.map((kind) => importedKind(kind, lines, { created: 0, changed: 0 }));
    const imported = await store(connection, present, lines);
    // the lines are in, whatever becomes of this
    await takeStock(client, [...new Set(present.map(({ table }) => table))]).catch(() => undefined);
    return imported;
  });
}

const importedKind = ({ kind, list }: LineKind, lines: ReadonlyMap<string, number>, stored: Stored): ImportedKind => ({
  plural: list.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
  lines: lines.get(kind) ?? 0,
  ...stored,
});

async function reportWrongLines(client: Client, kinds: readonly LineKind[], problems: ImportProblems): Promise<void> {
  for (const { line, owner } of await findWrongLines(client, kinds, SHOWN_LINES)) {
    problems.add(line, owner === null ? 'sku: is no product of the database' : `is named already (line ${owner})`);
  }
  problems.throwIfAny();
}

async function store(
  { client, settle }: LongClient,
  kinds: readonly LineKind[],
  lines: ReadonlyMap<string, number>,
): Promise<readonly ImportedKind[]> {
  const total = [...lines.values()].reduce((sum, count) => sum + count, 0);
  const bar = new ProgressBar('Importing', 'lines', total);
  const imported: ImportedKind[] = [];
  let done = 0;
  try {
    await lockCatalogue(client);
    for (const kind of kinds) {
      const stored = await storeKind(client, kind, (count) => bar.update((done += count)));
      imported.push(importedKind(kind, lines, stored));
    }
    await continueIds(client);
    settle();
    await closeImport(client);
    return imported;
  } catch (error) {
    const { code, constraint } = error as { readonly code?: string; readonly constraint?: string };
    if (code !== UNIQUE_VIOLATION) throw error;
    throw new ProgramError(`Nothing was imported: a line's entry was created meanwhile (${constraint}). Import again.`);
  } finally {
    bar.stop();
  }
}

/** In the order of keys, batch by batch. */
async function storeKind(client: Client, kind: LineKind, count: (lines: number) => void): Promise<Stored> {
  let created = 0;
  let changed = 0;
  let range = await nextRange(client, kind.kind, undefined, BATCH_LINES);
  while (range) {
    const stored = await storeRange(client, kind, range);
    created += stored.created;
    changed += stored.changed;
    count(range.lines);
    range = await nextRange(client, kind.kind, range.last, BATCH_LINES);
  }
  return { created, changed };
}
