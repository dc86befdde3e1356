import type { DataSource, EntityManager } from 'typeorm';

/** A statement that PostgreSQL plans once per connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Runs a prepared statement; rows come from one that ends in SELECT, TypeORM answers others in another form. */
export function prepared<Row>(
  source: DataSource | EntityManager,
  { name, text }: Statement,
  values: unknown[],
): Promise<Row[]> {
  // pg takes a query object where TypeORM's types know only text
  return source.query({ name, text, values } as unknown as string) as Promise<Row[]>;
}
