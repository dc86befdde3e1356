import type { Column, ExportedKind, Kind, Reference, Unique } from './kind.js';

/** As many wrong entries as are looked for; more are never told. */
const MOST_WRONG = 1000;

/** Where entries wait for being judged together; the table goes with the transaction. */
export const OPEN_STAGING = `
  CREATE TEMPORARY TABLE staged_entry (line bigint NOT NULL, kind text NOT NULL, natural_key text, entry jsonb NOT NULL)
  ON COMMIT DROP`;

export const INDEX_STAGING = `
  CREATE INDEX ON staged_entry (kind, natural_key, line);
  ANALYZE staged_entry`;

/** The first and the last of the keys that come next behind `$2`: `$1` kind, `$3` how many. */
export const NEXT_RANGE = `
  SELECT min(natural_key) AS first, max(natural_key) AS last, count(*)::int AS lines FROM (
    SELECT natural_key FROM staged_entry WHERE kind = $1 AND ($2::text IS NULL OR natural_key > $2)
    ORDER BY natural_key LIMIT $3) AS batch`;

/** The entries of a kind that are right, as rows; wrong ones have no key. */
const staged = ({ kind, columns }: Kind, condition = 'i.natural_key IS NOT NULL'): string => `(
    SELECT i.line, i.entry, r.* FROM staged_entry i CROSS JOIN jsonb_to_record(i.entry)
      AS r (${columns.map(({ member, type }) => `"${member}" ${type}`).join(', ')})
    WHERE i.kind = '${kind}' AND ${condition}) AS e`;

/** The entries between two keys: `$1` and `$2`. */
const batch = (kind: Kind): string => staged(kind, 'i.natural_key BETWEEN $1 AND $2');

const columnOf = ({ columns }: Kind, member: string): Column | undefined =>
  columns.find((column) => column.member === member);

const nameOf = (kind: Kind, member: string): string => columnOf(kind, member)?.name ?? member;

/** The row `r` that a reference names by an entry. */
const referred = ({ to, member, only }: Reference, named: string): string =>
  `FROM ${to.table} r WHERE r.${nameOf(to, member)} = e."${named}"${only ? ` AND r.${nameOf(to, only)}` : ''}`;

const valueOf = ({ member, fallback, reference }: Column): string => {
  if (reference) return `(SELECT r.id ${referred(reference, member)})`;
  return fallback === undefined ? `e."${member}"` : `coalesce(e."${member}", ${fallback})`;
};

/** Whether the entry, or the row, is one of those that must not share anything. */
const takesPart = (kind: Kind, { unlessFalse }: Unique, table: 'e' | 't'): string => {
  if (unlessFalse === undefined) return 'true';
  return table === 'e' ? `e."${unlessFalse}" IS NOT false` : `t.${nameOf(kind, unlessFalse)}`;
};

const folded = (text: string, { isCaseless }: Unique): string => (isCaseless ? `lower(${text})` : text);

/** Entries that have what an entry before them has, and which one that is. */
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

/** Entries that have what a row has. */
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

/** Entries that refer to what is neither a row nor another entry; a wrong entry counts by what is right of it. */
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

/** @param isNewOnly whether entries of which there is a row are left out, or fail */
export const insertStatement = (kind: Kind, isNewOnly: boolean): string => `
  INSERT INTO ${kind.table} (${kind.columns.map(({ name }) => name).join(', ')})
  SELECT ${kind.columns.map(valueOf).join(', ')} FROM ${batch(kind)}
  ${isNewOnly ? `WHERE NOT EXISTS (SELECT FROM ${kind.table} t WHERE ${matches(kind)})` : ''} ORDER BY e.line`;

/** A registered customer's reference, which names the customer, ends in the customer's id. */
export const CUSTOMER_ID = `substring(e.natural_key FROM '--([0-9]{1,15})$')::bigint`;

/** Ids that the database makes must not meet those of entries; a sequence never goes back. */
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
