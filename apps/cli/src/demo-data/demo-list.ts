import type { EntityManager } from 'typeorm';
import type { z } from 'zod';

/**
 * One list of the file. A new one is a folder with its list and its repository, and a line in `LISTS`.
 *
 * @template Entry an entry as the schema gives it
 * @template Ready the same after `prepare`
 */
export interface DemoList<Entry extends object = object, Ready extends object = Entry> {
  readonly name: string;
  /** What no two entries share; the first one is the natural key, under which a loaded entry is remembered. */
  readonly unique: readonly [Unique<Entry>, ...Unique<Entry>[]];
  readonly references: readonly Reference[];
  entrySchema(defaultLocale: string): z.ZodType<Entry>;
  /** Slow work on a new entry, done before the transaction opens. */
  prepare?(entry: Entry): Promise<Ready>;
  /** @returns false when the database lacks a row that the entry refers to */
  insert(manager: EntityManager, entry: Ready): Promise<boolean>;
  afterInsert?(manager: EntityManager, entries: readonly Ready[]): Promise<void>;
}

export interface Unique<Entry> {
  /** The constraint or unique index of the table that says the same. */
  readonly constraint: string;
  readonly member: string;
  /** @returns undefined when the entry does not take part */
  value(entry: Entry): string | undefined;
  /** The problem of the second one; `is already taken` if not given. */
  readonly rule?: string;
}

export interface Reference {
  readonly member: string;
  readonly targetList: string;
  readonly targetMember: string;
  readonly rule: string;
  /** Judges the target when it stands in the file. */
  accepts?(target: Readonly<Record<string, unknown>>): boolean;
  /** @returns those of the values that the database has, under the same rule */
  findInDatabase(manager: EntityManager, values: readonly string[]): Promise<string[]>;
}
