import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ProgramError } from '#platform';
import { PAYMENT_METHOD, PRODUCT, SHIPMENT_METHOD, STORE, WAREHOUSE } from '../catalogue/catalogue-kinds.js';
import { findJsonFault } from '../lines/json-lines.js';
import { unreadableFile } from '../lines/line-files.js';
import { locale, readerOf } from '../loading/entry-rules.js';
import { type Entry, type Kind, naturalKey } from '../loading/kind.js';
import type { LoadedKind, StagedEntry } from '../loading/load-entries.js';
import { type Path, type Problems, problemsOfDocument } from '../loading/problems.js';
import { COMPANY_USER, CUSTOMER, USER, WAREHOUSE_USER_ASSIGNMENT } from './account-kinds.js';

/** The project's own demo shop. */
export const DEFAULT_DEMO_DATA = join(projectFolder(import.meta.dirname), 'apps/cli/demo-data.json');

/** Sources and built files are at different depths; only the project's folder has a package.json. */
function projectFolder(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : projectFolder(dirname(folder));
}

/**
 * @returns the parsed document, not yet checked
 * @throws ProgramError when the file is missing, cannot be read or is not JSON; it quotes nothing of the file
 */
export async function readDemoData(path: string): Promise<unknown> {
  const text = decode(
    path,
    await readFile(path).catch((error: unknown) => unreadableFile(`The demo data file ${path}`, error)),
  );
  try {
    return JSON.parse(text);
  } catch {
    const { line, column } = findJsonFault(text);
    throw new ProgramError(`The demo data file ${path} is not JSON: see line ${line}, column ${column}.`);
  }
}

/** Without a byte order mark, which some editors write and JSON does not know. */
function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProgramError(`The demo data file ${path} is not UTF-8 text.`);
  }
}

/** All lists of a file, in the order of loading: what is referred to comes first. */
const KINDS: readonly LoadedKind[] = [
  ...[STORE, CUSTOMER, COMPANY_USER, USER, WAREHOUSE, WAREHOUSE_USER_ASSIGNMENT],
  ...[PRODUCT, SHIPMENT_METHOD, PAYMENT_METHOD],
].map((kind) => ({ ...kind, mode: 'add' }));

export interface DocumentList {
  readonly kind: LoadedKind;
  readonly entries: readonly StagedEntry[];
}

export interface DemoDocument {
  readonly lists: readonly DocumentList[];
  readonly problems: Problems;
}

const FALLBACK_LOCALE = 'en_US';

const storesSchema = z.array(z.looseObject({ locales: z.array(locale) }));

/**
 * Reads what the file says about each list.
 *
 * @throws ProgramError when it is not an object
 */
export function readDocument(document: unknown): DemoDocument {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new ProgramError('The demo data must be a JSON object with lists such as "customers".');
  }
  const given = new Map<string, unknown>(Object.entries(document));
  /** Where each entry stands, by its number; 0 is the document itself. */
  const places: Path[] = [[]];
  const problems = problemsOfDocument('The demo data was not loaded:', (line) => places[line] ?? []);
  reportUnknownLists(given, problems);
  const defaultLocale = storesSchema.safeParse(given.get('stores')).data?.[0]?.locales[0] ?? FALLBACK_LOCALE;
  const lists: DocumentList[] = [];
  for (const kind of KINDS) {
    const raw = given.get(kind.list);
    if (raw === undefined) continue;
    if (!Array.isArray(raw)) {
      problems.add(0, [kind.list], 'must be a list');
      continue;
    }
    const read = entryReader(kind, defaultLocale, problems);
    lists.push({ kind, entries: raw.map((value, index) => read(places.push([kind.list, index]) - 1, value)) });
  }
  return { lists, problems };
}

function reportUnknownLists(given: ReadonlyMap<string, unknown>, problems: Problems): void {
  const known = KINDS.map(({ list }) => list);
  for (const name of given.keys()) {
    if (!known.includes(name)) problems.add(0, [name], `is not a list of demo data, which are ${known.join(', ')}`);
  }
}

function entryReader(kind: Kind, defaultLocale: string, problems: Problems) {
  const read = readerOf(kind.schema, { unknownMember: 'is not a member of this list' });
  const defaults = kind.columns.some(({ member }) => member === 'locale') ? { locale: defaultLocale } : {};
  return (line: number, value: unknown): StagedEntry => {
    const { entry, wrong = [] } = read(value);
    for (const { path, rule } of wrong) problems.add(line, path, rule);
    if (!entry) return { line, kind: kind.kind, naturalKey: undefined, entry: rightMembers(kind, value) };
    return { line, kind: kind.kind, naturalKey: naturalKey(kind, entry), entry: { ...defaults, ...entry } };
  };
}

/** The right members of a wrong entry, so that an entry that refers to it is not told as wrong, too. */
function rightMembers({ schema }: Kind, value: unknown): Entry {
  const given = (value ?? {}) as Entry;
  const members = Object.entries(schema.shape).map(([member, rule]) => [member, z.safeParse(rule, given[member]).data]);
  return Object.fromEntries(members);
}
