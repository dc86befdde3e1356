import type { CatalogueColumn, CatalogueTable } from './catalogue-table.js';

/** The table of `jsonb` entries as rows. */
const record = ({ columns }: CatalogueTable): string =>
  columns.map(({ member, type }) => `"${member}" ${type}`).join(', ');

const valueOf = ({ member, fallback }: CatalogueColumn): string =>
  fallback === undefined ? `e."${member}"` : `coalesce(e."${member}", ${fallback})`;

/** Makes rows of entries; `source` names them as `e`, with a `line` that gives their order. */
const insertFrom = ({ table, columns }: CatalogueTable, source: string): string => `
  INSERT INTO ${table} (${columns.map(({ name }) => name).join(', ')})
  SELECT ${columns.map(valueOf).join(', ')} FROM ${source}`;

/** Makes rows of the entries in a JSON array, `$1`. */
export const insertStatement = (table: CatalogueTable): string =>
  insertFrom(table, `ROWS FROM (jsonb_to_recordset($1::jsonb) AS (${record(table)})) AS e`);

const matches = ({ columns, keys }: CatalogueTable): string =>
  columns
    .filter(({ member }) => keys.includes(member))
    .map(({ name, member }) => `t.${name} = e."${member}"`)
    .join(' AND ');

/** What a row has after the entry; a member that the entry leaves out stays, and null is a value. */
const changed = ({ name, member, fallback }: CatalogueColumn): string =>
  fallback === undefined ? `e."${member}"` : `CASE WHEN e.entry ? '${member}' THEN e."${member}" ELSE t.${name} END`;

const changeable = ({ columns, keys }: CatalogueTable): readonly CatalogueColumn[] =>
  columns.filter(({ member }) => !keys.includes(member));

const differs = (table: CatalogueTable): string => {
  const columns = changeable(table);
  return `(${columns.map(({ name }) => `t.${name}`).join(', ')}) IS DISTINCT FROM (${columns.map(changed).join(', ')})`;
};

/** The lines of a kind between two keys: `$1` kind, `$2` and `$3` the first and the last key. */
const batch = (table: CatalogueTable): string => `(
    SELECT i.line, i.entry, r.* FROM catalogue_import i
    CROSS JOIN jsonb_to_record(i.entry) AS r (${record(table)})
    WHERE i.kind = $1 AND i.natural_key BETWEEN $2 AND $3) AS e`;

/**
 * Locks what will change, in the order of keys, as checkouts lock products: so that nobody waits in a circle. Who has
 * the lock decides on what the row has by then.
 */
export const lockStatement = (table: CatalogueTable): string => `
  SELECT FROM ${table.table} t JOIN ${batch(table)} ON ${matches(table)} WHERE ${differs(table)}
  ORDER BY ${table.columns
    .filter(({ member }) => table.keys.includes(member))
    .map(({ name }) => `t.${name}`)
    .join(', ')}
  FOR NO KEY UPDATE OF t`;

export const updateStatement = (table: CatalogueTable): string => `
  UPDATE ${table.table} t SET ${changeable(table)
    .map((column) => `${column.name} = ${changed(column)}`)
    .join(', ')}
  FROM ${batch(table)} WHERE ${matches(table)} AND ${differs(table)}`;

export const insertNewStatement = (table: CatalogueTable): string => `${insertFrom(table, batch(table))}
  WHERE NOT EXISTS (SELECT FROM ${table.table} t WHERE ${matches(table)}) ORDER BY e.line`;

/** Lines whose key is not in the database: `$1` kind, `$2` how many. */
export const missingStatement = (table: CatalogueTable): string => `
  SELECT i.line::float8 AS line FROM catalogue_import i
  CROSS JOIN jsonb_to_record(i.entry) AS e (${record(table)})
  WHERE i.kind = $1 AND NOT EXISTS (SELECT FROM ${table.table} t WHERE ${matches(table)}) ORDER BY i.line LIMIT $2`;

/** A line for each row of the table. */
export const exportQuery = (kind: string, { table, columns, order }: CatalogueTable): string => {
  const members = columns.map(({ name, member }) => `'${member}', t.${name}`);
  return `SELECT json_build_object('kind', '${kind}', ${members.join(', ')}) FROM ${table} t ORDER BY ${order
    .split(', ')
    .map((column) => `t.${column}`)
    .join(', ')}`;
};
