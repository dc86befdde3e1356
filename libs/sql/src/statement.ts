import { DataSource, EntityManager } from 'typeorm';

/** Where statements run: on a connection of the pool, in a transaction, or on what pg itself connects by. */
export type Source = DataSource | EntityManager | Connection;

/** A statement whose parameters have names. */
export interface Statement {
  /** Unique in the whole program: PostgreSQL plans it once for each connection. Undefined: planned at every use. */
  readonly name?: string;
  readonly text: string;
  /** The names of `$1`, `$2`, … */
  readonly parameters: readonly string[];
}

export type Values = Readonly<Record<string, unknown>>;

/** `:account_kind`, but not the type in `:account_kind::text`. */
const PARAMETER = /(?<!:):([a-z]\w*)/g;

/** @param sql with `:names` in place of `$1`; a name may be used more than once */
export function statement(name: string, sql: string): Required<Statement> {
  return { name, ...unprepared(sql) };
}

/** A statement that is planned for its values, where a plan for any values would be a bad one. */
export function unprepared(sql: string): Statement {
  const parameters: string[] = [];
  const text = sql.replaceAll(PARAMETER, (_, parameter: string) => {
    if (!parameters.includes(parameter)) parameters.push(parameter);
    return `$${parameters.indexOf(parameter) + 1}`;
  });
  return { text, parameters };
}

type Query = Pick<Statement, 'name' | 'text'> & { readonly values: unknown[] };

/** As much of pg's clients and pools as is used here. */
interface Connection {
  query(query: Query): Promise<{ rows: unknown[] }>;
}

/** TypeORM's query runner, which takes pg's query objects, unlike its types. */
interface Runner {
  query(query: Query, parameters: undefined, useStructuredResult: true): Promise<{ records: unknown[] }>;
}

/**
 * Runs a statement.
 *
 * Outside a transaction it goes straight to pg's pool: what TypeORM does around a statement costs a protected request more
 * than the library's own code.
 *
 * @returns the rows of a SELECT, or of what stands behind RETURNING
 * @throws TypeError for a parameter without a value; what fails in the database fails with pg's own error outside a
 *   transaction, and with TypeORM's QueryFailedError in one
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
