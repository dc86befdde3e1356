import type { z } from 'zod';

/** A column, and the member of an entry that it is filled with. */
export interface CatalogueColumn {
  readonly name: string;
  readonly member: string;
  readonly type: 'text' | 'text[]' | 'uuid' | 'bigint' | 'integer' | 'numeric' | 'boolean' | 'jsonb';
  /** What a new row gets where the entry leaves the member out, as SQL; a row that is there keeps what it has. */
  readonly fallback?: string;
}

/** A table of the catalogue, for those who fill it and those who read it. */
export interface CatalogueTable {
  readonly table: string;
  /** The members that name an entry; they are columns too. */
  readonly keys: readonly string[];
  readonly columns: readonly CatalogueColumn[];
  /** The order of an export, in which an import makes new rows. */
  readonly order: string;
}

/** One kind of line in a file of the catalogue. */
export interface CatalogueKind extends CatalogueTable {
  readonly kind: string;
  /** How many of them: `products`. */
  readonly plural: string;
  readonly schema: z.ZodObject;
  /** Whether a line whose key is not there makes a new row; else it is wrong. */
  readonly creates: boolean;
}
