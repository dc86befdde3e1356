import type { DataSource, EntityManager } from 'typeorm';

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

/**
 * Runs a prepared statement; rows come from one that ends in SELECT, TypeORM answers others in another form.
 *
 * @throws TypeError for a parameter without a value
 */
export function run<Row>(source: Source, { name, text, parameters }: Statement, values: Values): Promise<Row[]> {
  const missing = parameters.find((parameter) => values[parameter] === undefined);
  if (missing !== undefined) throw new TypeError(`The statement ${name} has no value for :${missing}.`);
  const query = { name, text, values: parameters.map((parameter) => values[parameter]) };
  // pg takes a query object where TypeORM's types know only text
  return source.query(query as unknown as string) as Promise<Row[]>;
}
