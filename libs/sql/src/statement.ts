import { DataSource, EntityManager } from 'typeorm';

/** Where a statement runs: on a connection of the pool, in a transaction, or on pg's own client or pool. */
export type Source = DataSource | EntityManager | Connection;

/** A statement with named parameters. */
export interface Statement {
  /**
   * Unique in the whole program: PostgreSQL plans the statement once for each connection. Undefined: planned at every
   * use.
   */
  readonly name?: string;
  readonly text: string;
  /** The names of `$1`, `$2`, … */
  readonly parameters: readonly string[];
}

export type Values = Readonly<Record<string, unknown>>;

/** Matches `:account_kind`, but not the type in `:account_kind::text`. */
const PARAMETER = /(?<!:):([a-z]\w*)/g;

/** @param sql with `:name` instead of `$1`; a name may be used more than once */
export function statement(name: string, sql: string): Required<Statement> {
  return { name, ...unprepared(sql) };
}

/** A statement that PostgreSQL plans for its values, because a general plan would be slow. */
export function unprepared(sql: string): Statement {
  const parameters: string[] = [];
  const text = sql.replaceAll(PARAMETER, (_, parameter: string) => {
    if (!parameters.includes(parameter)) parameters.push(parameter);
    return `$${parameters.indexOf(parameter) + 1}`;
  });
  return { text, parameters };
}

type Query = Pick<Statement, 'name' | 'text'> & { readonly values: unknown[] };

/** The part of pg's clients and pools that is used here. */
interface Connection {
  query(query: Query): Promise<{ rows: unknown[] }>;
}

/** TypeORM's query runner. It accepts pg's query objects, although its types do not say so. */
interface Runner {
  query(query: Query, parameters: undefined, useStructuredResult: true): Promise<{ records: unknown[] }>;
}

/**
 * Runs a statement.
 *
 * Outside of a transaction it uses pg's pool directly: TypeORM's work for each statement costs a protected request more
 * than the whole library.
 *
 * @returns the rows of a SELECT or of RETURNING
 * @throws TypeError if a parameter has no value; if the statement fails, pg's own error outside of a transaction, and
 * TypeORM's QueryFailedError inside
 */
export async function run<Row>(
  source: Source,
  { name, text, parameters }: Statement,
  values: Values = {},
): Promise<Row[]> {
  const query = { name, text, values: parameters.map((parameter) => valueOf(parameter, values, name ?? text)) };
  return (await connectionOf(source).query(query)).rows as Row[];
}

function connectionOf(source: Source): Connection {
  if (source instanceof DataSource) return (source.driver as unknown as { readonly master: Connection }).master;
  if (!(source instanceof EntityManager)) return source;
  if (!source.queryRunner) return connectionOf(source.dataSource);
  const runner = source.queryRunner as unknown as Runner;
  return { query: async (query) => ({ rows: (await runner.query(query, undefined, true)).records }) };
}

function valueOf(parameter: string, values: Values, statementName: string): unknown {
  const value = values[parameter];
  if (value === undefined) throw new TypeError(`The statement ${statementName} has no value for :${parameter}.`);
  return value;
}
