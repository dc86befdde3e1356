import type { DataSource } from 'typeorm';

/** A statement that PostgreSQL plans once per connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Runs a prepared statement; rows come from one that ends in SELECT, TypeORM answers others in another form. */
export function prepared<Row>(dataSource: DataSource, { name, text }: Statement, values: unknown[]): Promise<Row[]> {
  // pg takes a query object where TypeORM's types know only text
  return dataSource.query({ name, text, values } as unknown as string) as Promise<Row[]>;
}
