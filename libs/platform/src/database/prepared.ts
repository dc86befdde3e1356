import type { DataSource, EntityManager } from 'typeorm';

/** A statement that PostgreSQL plans once per connection; names are unique in the whole program. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Runs a prepared statement that ends in SELECT or RETURNING of an INSERT; rows come as the driver gives them. */
export function prepared<Row>(
  source: DataSource | EntityManager,
  { name, text }: Statement,
  values: unknown[],
): Promise<Row[]> {
  // pg takes a query object where TypeORM's types know only text
  return source.query({ name, text, values } as unknown as string) as Promise<Row[]>;
}
