import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { ProgramError } from '#platform';
import { placeText, type Place, type Problems } from '../json-lines/problems.js';
import { COMPANY_USER, CUSTOMER, USER, WAREHOUSE_USER_ASSIGNMENT } from '../kinds/account-kinds.js';
import { PAYMENT_METHOD, PRODUCT, SHIPMENT_METHOD, STORE, WAREHOUSE } from '../kinds/catalogue-kinds.js';
import { locale, ruleOf } from '../kinds/entry-rules.js';
import { uniqueValue, type Entry, type Kind, type Reference, type Unique } from '../kinds/kind.js';
import { findReferred } from './demo-data.repository.js';

/** All lists of a file, in the order of loading: what is referred to comes first. */
const KINDS: readonly Kind[] = [
  ...[STORE, CUSTOMER, COMPANY_USER, USER, WAREHOUSE, WAREHOUSE_USER_ASSIGNMENT],
  ...[PRODUCT, SHIPMENT_METHOD, PAYMENT_METHOD],
];

export interface DocumentEntry {
  readonly place: Place;
  readonly entry: Entry;
}

export interface DocumentList {
  readonly kind: Kind;
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
  for (const kind of KINDS) {
    const raw: unknown = given.get(kind.list);
    if (raw === undefined) continue;
    if (!Array.isArray(raw)) problems.add([kind.list], 'must be a list');
    else lists.push({ kind, raw, entries: readEntries(kind, raw, defaultLocale, problems) });
  }
  return lists;
}

function reportUnknownLists(given: ReadonlyMap<string, unknown>, problems: Problems): void {
  const known = KINDS.map(({ list }) => list);
  for (const name of given.keys()) {
    if (!known.includes(name)) problems.add([name], `is not a list of demo data, which are ${known.join(', ')}`);
  }
}

/** The first store's first locale; faults of stores are told with the other ones of their list. */
function storeLocale(stores: unknown): string {
  return storesSchema.safeParse(stores).data?.[0]?.locales[0] ?? FALLBACK_LOCALE;
}

function readEntries(kind: Kind, raw: readonly unknown[], defaultLocale: string, problems: Problems): DocumentEntry[] {
  const defaults = kind.columns.some(({ member }) => member === 'locale') ? { locale: defaultLocale } : {};
  return raw.flatMap((value, index) => {
    const place = [kind.list, index];
    const entry = parse(kind, value, place, problems);
    return entry ? [{ place, entry: { ...defaults, ...entry } }] : [];
  });
}

function parse({ schema }: Kind, value: unknown, place: Place, problems: Problems): Entry | undefined {
  const { data, error } = schema.safeParse(value, { error: ruleOf });
  for (const issue of error?.issues ?? []) {
    const at = [...place, ...issue.path];
    if (issue.code === 'unrecognized_keys') issue.keys.forEach((key) => problems.add([...at, key], issue.message));
    else problems.add(at, issue.message);
  }
  return data;
}

/** No two entries of a list share what must be unique. */
export function checkUnique(lists: readonly DocumentList[], problems: Problems): void {
  for (const { kind, entries } of lists) {
    for (const unique of kind.unique) {
      const owners = new Map<string, Place>();
      for (const { place, entry } of entries) {
        const value = uniqueValue(unique, entry);
        if (value === undefined) continue;
        const owner = owners.get(value);
        if (owner) reportTaken(unique, place, placeText(owner), problems);
        else owners.set(value, place);
      }
    }
  }
}

export function reportTaken(unique: Unique, place: Place, owner: string, problems: Problems): void {
  const { members, unlessFalse = members.at(-1) ?? '', rule = 'is already taken' } = unique;
  problems.add([...place, unlessFalse], `${rule} (${owner})`);
}

/** All that entries refer to stands in the file or in the database. */
export async function checkReferences(
  manager: EntityManager,
  lists: readonly DocumentList[],
  problems: Problems,
): Promise<void> {
  for (const { kind, entries } of lists) {
    for (const { member, reference } of kind.columns) {
      if (!reference) continue;
      const targets = targetsInFile(lists, reference);
      const wanted = entries.map(({ place, entry }) => ({ place, value: String(entry[member]) }));
      const outside = wanted.filter(({ value }) => !targets.has(value)).map(({ value }) => value);
      const inDatabase = outside.length > 0 ? await findReferred(manager, reference, outside) : new Set();
      for (const { place, value } of wanted) {
        const isFine = targets.get(value) ?? inDatabase.has(value);
        if (!isFine) problems.add([...place, member], reference.rule);
      }
    }
  }
}

/** What can be referred to in the file, and whether the reference accepts it; entries with faults of their own count too. */
function targetsInFile(lists: readonly DocumentList[], { to, member, only }: Reference): ReadonlyMap<string, boolean> {
  const { raw = [], entries = [] } = lists.find(({ kind }) => kind === to) ?? {};
  const targets = new Map<string, boolean>();
  for (const target of [...raw, ...entries.map(({ entry }) => entry)]) {
    if (typeof target !== 'object' || target === null) continue;
    const members = target as Entry;
    targets.set(String(members[member]), only === undefined || members[only] === true);
  }
  return targets;
}
