import { z } from 'zod';
import { ProgramError } from '#platform';
import type { DemoList } from './demo-list.js';
import { locale, ruleOf } from './entry-rules.js';
import { LISTS } from './lists.js';
import type { Place, Problems } from './problems.js';

export interface DocumentEntry<Entry extends object = object> {
  readonly place: Place;
  readonly entry: Entry;
}

export interface DocumentList {
  readonly list: DemoList;
  /** As they stand in the file, right or wrong. */
  readonly raw: readonly unknown[];
  /** Those that keep the schema. */
  readonly entries: readonly DocumentEntry[];
}

const FALLBACK_LOCALE = 'en_US';

const storesSchema = z.array(z.looseObject({ locales: z.array(locale) }));

/**
 * Reads what the file says about each list; faults are added to the problems.
 *
 * @throws ProgramError when it is not an object
 */
export function readDocument(document: unknown, problems: Problems): DocumentList[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new ProgramError('The demo data must be a JSON object with lists such as "customers".');
  }
  const given = new Map(Object.entries(document));
  reportUnknownLists(given, problems);
  const defaultLocale = storeLocale(given.get('stores'));
  const lists: DocumentList[] = [];
  for (const list of LISTS) {
    const raw: unknown = given.get(list.name);
    if (raw === undefined) continue;
    if (!Array.isArray(raw)) problems.add([list.name], 'must be a list');
    else lists.push({ list, raw, entries: readEntries(list, raw, defaultLocale, problems) });
  }
  return lists;
}

function reportUnknownLists(given: ReadonlyMap<string, unknown>, problems: Problems): void {
  const known = LISTS.map((list) => list.name);
  for (const name of given.keys()) {
    if (!known.includes(name)) problems.add([name], `is not a list of demo data, which are ${known.join(', ')}`);
  }
}

/** The first store's first locale; faults of stores are told with the other ones of their list. */
function storeLocale(stores: unknown): string {
  return storesSchema.safeParse(stores).data?.[0]?.locales[0] ?? FALLBACK_LOCALE;
}

function readEntries(list: DemoList, raw: unknown[], defaultLocale: string, problems: Problems): DocumentEntry[] {
  const schema = list.entrySchema(defaultLocale);
  return raw.flatMap((value, index) => {
    const place = [list.name, index];
    const entry = parse(schema, value, place, problems);
    return entry ? [{ place, entry }] : [];
  });
}

function parse<Output>(
  schema: z.ZodType<Output>,
  value: unknown,
  place: Place,
  problems: Problems,
): Output | undefined {
  const { data, error } = schema.safeParse(value, { error: ruleOf });
  for (const issue of error?.issues ?? []) {
    const at = [...place, ...issue.path];
    if (issue.code === 'unrecognized_keys') issue.keys.forEach((key) => problems.add([...at, key], issue.message));
    else problems.add(at, issue.message);
  }
  return data;
}
