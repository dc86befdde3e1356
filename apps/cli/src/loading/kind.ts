import type { z } from 'zod';

/** What a file says of one thing, such as a product; its members are those of its kind. */
export type Entry = Readonly<Record<string, unknown>>;

/** A column, and the member of an entry that it is filled with. */
export interface Column {
  readonly name: string;
  readonly member: string;
  readonly type: 'text' | 'text[]' | 'uuid' | 'bigint' | 'integer' | 'numeric' | 'boolean' | 'jsonb';
  /** What a new row gets where the entry leaves the member out, as SQL; a row that is there keeps what it has. */
  readonly fallback?: string;
  /** The column takes the id of the row that the member names. */
  readonly reference?: Reference;
}

export interface Reference {
  readonly to: Kind;
  /** The member of that kind by which it is named. */
  readonly member: string;
  /** A member of that kind that has to be true. */
  readonly only?: string;
  /** What is wrong where there is no such row. */
  readonly rule: string;
}

/** Members that are unique among the entries of a kind. */
export interface Unique {
  /** A message names the last one. */
  readonly members: readonly [string, ...string[]];
  /** Whether upper and lower case are the same. */
  readonly isCaseless?: boolean;
  /** The rule does not apply to an entry in which this member is false. */
  readonly unlessFalse?: string;
  /** What is wrong with the second one; `is already taken` if not given. */
  readonly rule?: string;
}

/** A kind of entry, and the table that its entries are rows of. */
export interface Kind {
  /** What a line of JSON calls it. */
  readonly kind: string;
  /** What the demo data calls the list of them. */
  readonly list: string;
  readonly table: string;
  readonly schema: z.ZodObject;
  readonly columns: readonly Column[];
  /** The first one is the natural key. */
  readonly unique: readonly [Unique, ...Unique[]];
  /** The id in a staged entry `e`, as SQL: ids that the database generates continue behind it. */
  readonly id?: string;
  /** Slow work on a new entry, such as hashing, which is done before the transaction begins. */
  readonly prepare?: (entry: Entry) => Promise<Entry>;
}

/** A kind that can be exported, too. */
export interface ExportedKind extends Kind {
  /** The columns that lines are sorted by. */
  readonly order: readonly string[];
}

/** The members that name an entry, as one text without control characters. */
export function naturalKey({ unique: [{ members, isCaseless }] }: Kind, entry: Entry): string {
  const [first = '', ...others] = members.map((member) => String(entry[member]));
  const key = others.length === 0 ? first : JSON.stringify([first, ...others]);
  return isCaseless ? key.toLowerCase() : key;
}
