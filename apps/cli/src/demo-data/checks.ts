import type { EntityManager } from 'typeorm';
import type { DocumentList } from './document.js';
import type { Reference, Unique } from './demo-list.js';
import { placeText, type Place, type Problems } from './problems.js';

/** No two entries of a list share what must be unique. */
export function checkUnique(lists: readonly DocumentList[], problems: Problems): void {
  for (const { list, entries } of lists) {
    for (const unique of list.unique) {
      const owners = new Map<string, Place>();
      for (const { place, entry } of entries) {
        const value = unique.value(entry);
        if (value === undefined) continue;
        const owner = owners.get(value);
        if (owner) reportTaken(unique, place, placeText(owner), problems);
        else owners.set(value, place);
      }
    }
  }
}

export function reportTaken(unique: Unique<never>, place: Place, owner: string, problems: Problems): void {
  problems.add([...place, unique.member], `${unique.rule ?? 'is already taken'} (${owner})`);
}

/** All that entries refer to stands in the file or in the database. */
export async function checkReferences(
  manager: EntityManager,
  lists: readonly DocumentList[],
  problems: Problems,
): Promise<void> {
  for (const { list, entries } of lists) {
    for (const reference of list.references) {
      const targets = targetsInFile(lists, reference);
      const wanted = entries.map(({ place, entry }) => ({ place, value: memberOf(entry, reference.member) }));
      const outside = wanted.filter(({ value }) => !targets.has(value)).map(({ value }) => value);
      const inDatabase = new Set(outside.length > 0 ? await reference.findInDatabase(manager, outside) : []);
      for (const { place, value } of wanted) {
        const isFine = targets.get(value) ?? inDatabase.has(value);
        if (!isFine) problems.add([...place, reference.member], reference.rule);
      }
    }
  }
}

/** What can be referred to in the file, and whether the reference accepts it; entries with faults of their own count too. */
function targetsInFile(lists: readonly DocumentList[], reference: Reference): ReadonlyMap<string, boolean> {
  const { raw = [], entries = [] } = lists.find(({ list }) => list.name === reference.targetList) ?? {};
  const targets = new Map<string, boolean>();
  for (const target of [...raw, ...entries.map(({ entry }) => entry)]) {
    if (typeof target !== 'object' || target === null) continue;
    const accepted = reference.accepts?.(target as Record<string, unknown>) ?? true;
    targets.set(memberOf(target, reference.targetMember), accepted);
  }
  return targets;
}

function memberOf(entry: object, member: string): string {
  return String((entry as Record<string, unknown>)[member]);
}
