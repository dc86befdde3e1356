import type { Column, Kind, Reference } from './kind.js';

/** The table of `jsonb` entries as rows. */
const record = ({ columns }: Kind): string => columns.map(({ member, type }) => `"${member}" ${type}`).join(', ');

const columnOf = ({ columns }: Kind, member: string): string =>
  columns.find((column) => column.member === member)?.name ?? member;

/** Which rows of the other table, `r`, a reference may name. */
const referable = ({ to, only }: Reference): string => (only === undefined ? 'true' : `r.${columnOf(to, only)}`);

/** Those of the values in `$1` that a reference finds in the database. */
export const referredQuery = (reference: Reference): string => {
  const column = columnOf(reference.to, reference.member);
  return `SELECT r.${column} AS value FROM ${reference.to.table} r WHERE r.${column} = ANY($1) AND ${referable(reference)}`;
};

const valueOf = ({ member, fallback, reference }: Column): string => {
  if (reference) {
    const { to, member: name } = reference;
    return `(SELECT r.id FROM ${to.table} r WHERE r.${columnOf(to, name)} = e."${member}" AND ${referable(reference)})`;
  }
  return fallback === undefined ? `e."${member}"` : `coalesce(e."${member}", ${fallback})`;
};

const keyColumns = ({ columns, unique }: Kind): readonly Column[] =>
  columns.filter(({ member }) => unique[0].members.includes(member));

/** Makes rows of entries; `source` names them as `e`, with a `line` that gives their order. */
const insertFrom = ({ table, columns }: Kind, source: string): string => `
  INSERT INTO ${table} (${columns.map(({ name }) => name).join(', ')})
  SELECT ${columns.map(valueOf).join(', ')} FROM ${source}`;

/** Makes a row of the entry in `$1`; fails where a reference finds nothing. */
export const insertStatement = (kind: Kind): string =>
  insertFrom(kind, `jsonb_to_record($1::jsonb) AS e(${record(kind)})`);

const matches = (kind: Kind): string =>
  keyColumns(kind)
    .map(({ name, member }) => `t.${name} = e."${member}"`)
    .join(' AND ');

/** What a row has after the entry; a member that the entry leaves out stays, and null is a value. */
const changed = ({ name, member, fallback }: Column): string =>
  fallback === undefined ? `e."${member}"` : `CASE WHEN e.entry ? '${member}' THEN e."${member}" ELSE t.${name} END`;

const changeable = ({ columns, unique }: Kind): readonly Column[] =>
  columns.filter(({ member }) => !unique[0].members.includes(member));

const differs = (kind: Kind): string => {
  const columns = changeable(kind);
  return `(${columns.map(({ name }) => `t.${name}`).join(', ')}) IS DISTINCT FROM (${columns.map(changed).join(', ')})`;
};

/** The lines of a kind between two keys: `$1` kind, `$2` and `$3` the first and the last key. */
const batch = (kind: Kind): string => `(
    SELECT i.line, i.entry, r.* FROM catalogue_import i
    CROSS JOIN jsonb_to_record(i.entry) AS r (${record(kind)})
    WHERE i.kind = $1 AND i.natural_key BETWEEN $2 AND $3) AS e`;

/**
 * Locks what will change, in the order of keys, as checkouts lock products: so that nobody waits in a circle. Who has
 * the lock decides on what the row has by then.
 */
export const lockStatement = (kind: Kind): string => `
  SELECT FROM ${kind.table} t JOIN ${batch(kind)} ON ${matches(kind)} WHERE ${differs(kind)}
  ORDER BY ${keyColumns(kind)
    .map(({ name }) => `t.${name}`)
    .join(', ')}
  FOR NO KEY UPDATE OF t`;

export const updateStatement = (kind: Kind): string => `
  UPDATE ${kind.table} t SET ${changeable(kind)
    .map((column) => `${column.name} = ${changed(column)}`)
    .join(', ')}
  FROM ${batch(kind)} WHERE ${matches(kind)} AND ${differs(kind)}`;

export const insertNewStatement = (kind: Kind): string => `${insertFrom(kind, batch(kind))}
  WHERE NOT EXISTS (SELECT FROM ${kind.table} t WHERE ${matches(kind)}) ORDER BY e.line`;

/** Lines whose key is not in the database: `$1` kind, `$2` how many. */
export const missingStatement = (kind: Kind): string => `
  SELECT i.line::float8 AS line FROM catalogue_import i
  CROSS JOIN jsonb_to_record(i.entry) AS e (${record(kind)})
  WHERE i.kind = $1 AND NOT EXISTS (SELECT FROM ${kind.table} t WHERE ${matches(kind)}) ORDER BY i.line LIMIT $2`;

/** A line for each row of the table. */
export const exportQuery = ({ kind, table, columns, order }: Kind): string => {
  const members = columns.map(({ name, member }) => `'${member}', t.${name}`);
  return `SELECT json_build_object('kind', '${kind}', ${members.join(', ')}) FROM ${table} t ORDER BY ${order
    .split(', ')
    .map((column) => `t.${column}`)
    .join(', ')}`;
};
