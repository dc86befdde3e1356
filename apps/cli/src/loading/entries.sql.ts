import type { Writable } from 'node:stream';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Column, ExportedKind, Kind, Reference, Unique } from './kind.js';

/** How many wrong entries a query finds at most: only the first ones are told. */
const MOST_WRONG = 1000;

/** The staging table, in which entries are checked against each other; it is dropped with the transaction. */
export const OPEN_STAGING = `
  CREATE TEMPORARY TABLE staged_entry (line bigint NOT NULL, kind text NOT NULL, natural_key text, entry jsonb NOT NULL)
  ON COMMIT DROP`;

export const INDEX_STAGING = `
  CREATE INDEX ON staged_entry (kind, natural_key, line);
  CREATE INDEX ON staged_entry (line);
  ANALYZE staged_entry`;

/** The first and the last of the next keys: `$1` kind, `$2` the key before them or null, `$3` how many. */
export const NEXT_RANGE = `
  SELECT min(natural_key) AS first, max(natural_key) AS last, count(*)::int AS lines FROM (
    SELECT natural_key FROM staged_entry WHERE kind = $1 AND ($2::text IS NULL OR natural_key > $2)
    ORDER BY natural_key LIMIT $3) AS batch`;

/** The right entries of a kind, as rows; a wrong one has no natural key. */
const staged = ({ kind, columns }: Kind, condition = 'i.natural_key IS NOT NULL'): string => `(
    SELECT i.line, i.entry, r.* FROM staged_entry i CROSS JOIN jsonb_to_record(i.entry)
      AS r (${columns.map(({ member, type }) => `"${member}" ${type}`).join(', ')})
    WHERE i.kind = '${kind}' AND ${condition}) AS e`;

/** The entries from the key `$1` to the key `$2`. */
const batch = (kind: Kind): string => staged(kind, 'i.natural_key BETWEEN $1 AND $2');

const columnOf = ({ columns }: Kind, member: string): Column | undefined =>
  columns.find((column) => column.member === member);

const nameOf = (kind: Kind, member: string): string => columnOf(kind, member)?.name ?? member;

/** The row `r` that an entry refers to. */
const referred = ({ to, member, only }: Reference, named: string): string =>
  `FROM ${to.table} r WHERE r.${nameOf(to, member)} = e."${named}"${only ? ` AND r.${nameOf(to, only)}` : ''}`;

const valueOf = ({ member, fallback, reference }: Column): string => {
  if (reference) return `(SELECT r.id ${referred(reference, member)})`;
  return fallback === undefined ? `e."${member}"` : `coalesce(e."${member}", ${fallback})`;
};

/** Whether the rule of uniqueness applies to the entry `e`, or to the row `t`. */
const takesPart = (kind: Kind, { unlessFalse }: Unique, table: 'e' | 't'): string => {
  if (unlessFalse === undefined) return 'true';
  return table === 'e' ? `e."${unlessFalse}" IS NOT false` : `t.${nameOf(kind, unlessFalse)}`;
};

const folded = (text: string, { isCaseless }: Unique): string => (isCaseless ? `lower(${text})` : text);

/** Entries that are the same as an entry before them, and the first of these. */
export const repeatedQuery = (kind: Kind, unique: Unique): string => {
  const isKey = unique === kind.unique[0];
  const values = isKey ? ['e.natural_key'] : unique.members.map((member) => folded(`e."${member}"`, unique));
  const source = isKey
    ? `staged_entry e WHERE e.kind = '${kind.kind}' AND e.natural_key IS NOT NULL AND`
    : `${staged(kind)} WHERE`;
  return `
  SELECT line::float8, owner::float8 FROM (
    SELECT e.line, first_value(e.line) OVER same AS owner, row_number() OVER same AS place
    FROM ${source} ${takesPart(kind, unique, 'e')} WINDOW same AS (PARTITION BY ${values.join(', ')} ORDER BY e.line)) AS numbered
  WHERE place > 1 ORDER BY numbered.line LIMIT ${MOST_WRONG}`;
};

/** Entries that are the same as a row of the database. */
export const takenQuery = (kind: Kind, unique: Unique): string => {
  const same = unique.members.map((member) => {
    const column = columnOf(kind, member);
    const value = column?.reference ? valueOf(column) : `e."${member}"`;
    return `${folded(`t.${nameOf(kind, member)}`, unique)} = ${folded(value, unique)}`;
  });
  return `
  SELECT e.line::float8 FROM ${staged(kind)} WHERE ${takesPart(kind, unique, 'e')} AND EXISTS (
    SELECT FROM ${kind.table} t WHERE ${same.join(' AND ')} AND ${takesPart(kind, unique, 't')})
  ORDER BY e.line LIMIT ${MOST_WRONG}`;
};

/** Entries that refer to something that is neither in the database nor staged. */
export const unreferredQuery = (kind: Kind, member: string, reference: Reference): string => `
  SELECT e.line::float8 FROM ${staged(kind)} WHERE NOT EXISTS (SELECT ${referred(reference, member)}) AND NOT EXISTS (
    SELECT FROM staged_entry s WHERE s.kind = '${reference.to.kind}' AND s.entry ->> '${reference.member}' = e."${member}"::text
      ${reference.only ? `AND (s.entry ->> '${reference.only}')::boolean` : ''})
  ORDER BY e.line LIMIT ${MOST_WRONG}`;

/** Entries of which there is no row. */
export const missingQuery = (kind: Kind): string => `
  SELECT e.line::float8 FROM ${staged(kind)} WHERE NOT EXISTS (SELECT FROM ${kind.table} t WHERE ${matches(kind)})
  ORDER BY e.line LIMIT ${MOST_WRONG}`;

const keyColumns = ({ columns, unique }: Kind): readonly Column[] =>
  columns.filter(({ member }) => unique[0].members.includes(member));

const changeable = ({ columns, unique }: Kind): readonly Column[] =>
  columns.filter(({ member }) => !unique[0].members.includes(member));

const matches = (kind: Kind): string =>
  keyColumns(kind)
    .map(({ name, member }) => `t.${name} = e."${member}"`)
    .join(' AND ');

/** What a row has after the entry; a member that the entry leaves out stays, and null is a value. */
const changed = ({ name, member, fallback }: Column): string =>
  fallback === undefined ? `e."${member}"` : `CASE WHEN e.entry ? '${member}' THEN e."${member}" ELSE t.${name} END`;

const differs = (kind: Kind): string => {
  const columns = changeable(kind);
  return `(${columns.map(({ name }) => `t.${name}`).join(', ')}) IS DISTINCT FROM (${columns.map(changed).join(', ')})`;
};

/**
 * Locks the rows that will change, in the order of keys. Checkouts lock products in the same order, so there is no
 * deadlock. The update, a statement of its own, then sees what others have changed before the lock.
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

/** @param isNewOnly true: entries that have a row already are left out; false: they are an error */
export const insertStatement = (kind: Kind, isNewOnly: boolean): string => `
  INSERT INTO ${kind.table} (${kind.columns.map(({ name }) => name).join(', ')})
  SELECT ${kind.columns.map(valueOf).join(', ')} FROM ${batch(kind)}
  ${isNewOnly ? `WHERE NOT EXISTS (SELECT FROM ${kind.table} t WHERE ${matches(kind)})` : ''} ORDER BY e.line`;

/** A registered customer's reference, which names the customer, ends in the customer's id. */
export const CUSTOMER_ID = `substring(e.natural_key FROM '--([0-9]{1,15})$')::bigint`;

/** Lets the table's sequence continue behind the ids of entries; it never goes back. */
export const continueIdsStatement = ({ kind, table, id }: Pick<Kind, 'kind' | 'table' | 'id'>): string => `
  SELECT setval(sequence, last)
  FROM (SELECT pg_get_serial_sequence('${table}', 'id')::regclass AS sequence, max(${id}) AS last
    FROM staged_entry e WHERE e.kind = '${kind}' AND e.natural_key IS NOT NULL) AS ids
  WHERE last > coalesce(pg_sequence_last_value(sequence), 0)`;

/** A line for each row of the table. */
export const exportQuery = ({ kind, table, columns, order }: ExportedKind): string => {
  const members = columns.map(({ name, member }) => `'${member}', t.${name}`);
  return `SELECT json_build_object('kind', '${kind}', ${members.join(', ')}) FROM ${table} t ORDER BY ${order.map((column) => `t.${column}`).join(', ')}`;
};

/** How many lines the exports of these kinds have. */
export const countQuery = (kinds: readonly Kind[]): string =>
  `SELECT (${kinds.map(({ table }) => `(SELECT count(*) FROM ${table})`).join(' + ')})::float8 AS total`;

/** Those of the keys `$2` of the list `$1` whose demo data was ever loaded. */
export const FIND_LOADED = `SELECT natural_key AS key FROM demo_data_entry WHERE list = $1 AND natural_key = ANY ($2)`;

/** Removes staged entries that were ever loaded: `$1` kind, `$2` list. */
export const LEAVE_OUT_LOADED = `
  DELETE FROM staged_entry s USING demo_data_entry d
  WHERE s.kind = $1 AND d.list = $2 AND d.natural_key = s.natural_key`;

/** Remembers that staged entries were loaded: `$1` kind, `$2` list. */
export const REMEMBER_LOADED = `
  INSERT INTO demo_data_entry (list, natural_key) SELECT $2, natural_key FROM staged_entry WHERE kind = $1`;

/**
 * CSV with control characters as delimiter and quote. Neither JSON nor a checked key has these, so nothing is ever quoted
 * or escaped, and a line of the file is a line of the output.
 */
export const SEPARATOR = '\u0002';
const RAW_LINES = `(FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')`;

/** Bytes of lines, one for each row of the query, as fast as they are taken. */
export function copiedRows(client: Client, query: string): AsyncIterable<Buffer> {
  return client.query(copyTo(`COPY (${query}) TO STDOUT WITH ${RAW_LINES}`)) as AsyncIterable<Buffer>;
}

/** Takes lines, a row each; an empty value is null. */
export function rowsInto(client: Client, table: string): Writable {
  return client.query(copyFrom(`COPY ${table} FROM STDIN WITH ${RAW_LINES}`));
}
