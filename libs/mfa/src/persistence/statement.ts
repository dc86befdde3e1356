import { DataSource, type EntityManager } from 'typeorm';

/** A transaction of the application, in which a change of the account and its second factor succeed or fail together. */
export type Transaction = EntityManager;

/** Where statements run: on a connection of the pool, or in a transaction. */
export type Source = DataSource | Transaction;

/** A statement that PostgreSQL plans once for each connection; its parameters have names. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /** The names of `$1`, `$2`, … */
  readonly parameters: readonly string[];
}

export type Values = Readonly<Record<string, unknown>>;

/** `:account_kind`, but not the type in `:account_kind::text`. */
const PARAMETER = /(?<!:):([a-z][a-z_]*)/g;

/** @param sql with `:names` in place of `$1`; a name may be used more than once */
export function statement(name: string, sql: string): Statement {
  const parameters: string[] = [];
  const text = sql.replaceAll(PARAMETER, (_, parameter: string) => {
    if (!parameters.includes(parameter)) parameters.push(parameter);
    return `$${parameters.indexOf(parameter) + 1}`;
  });
  return { name, text, parameters };
}

/** As much of pg's pool as is used here. */
interface Pool {
  query(query: {
    readonly name: string;
    readonly text: string;
    readonly values: unknown[];
  }): Promise<{ rows: unknown[] }>;
}

/**
 * Runs a prepared statement; rows come from one that ends in SELECT, TypeORM answers others in another form.
 *
 * Outside a transaction it goes straight to pg's pool: what TypeORM does around a statement costs a protected request more
 * than this library's own code.
 *
 * @throws TypeError for a parameter without a value; what fails in the database fails with pg's own error there
 */
export async function run<Row>(source: Source, { name, text, parameters }: Statement, values: Values): Promise<Row[]> {
  const query = { name, text, values: parameters.map((parameter) => valueOf(parameter, values, name)) };
  if (source instanceof DataSource) {
    const { master } = source.driver as unknown as { readonly master: Pool };
    return (await master.query(query)).rows as Row[];
  }
  // pg takes a query object where TypeORM's types know only text
  return source.query(query as unknown as string);
}

function valueOf(parameter: string, values: Values, statementName: string): unknown {
  const value = values[parameter];
  if (value === undefined) throw new TypeError(`The statement ${statementName} has no value for :${parameter}.`);
  return value;
}
