import { Client } from 'pg';
import type { DataSource } from 'typeorm';

interface Query {
  readonly text: string;
  readonly values?: unknown[];
}

/** How PostgreSQL executes each statement of some work that contains a text. */
export async function plansOf(
  dataSource: DataSource,
  part: string,
  work: () => Promise<unknown>,
): Promise<readonly string[]> {
  const original = Client.prototype.query;
  const asked: Query[] = [];
  Client.prototype.query = function noted(this: Client, query: string | Query, ...others: unknown[]) {
    const { text, values } = typeof query === 'string' ? { text: query, values: others[0] as unknown[] } : query;
    if (text.includes(part)) asked.push({ text, values });
    return Reflect.apply(original, this, [query, ...others]);
  } as typeof original;
  await work().finally(() => (Client.prototype.query = original));
  const plans = asked.map(({ text, values }) => dataSource.query(`EXPLAIN ${text}`, values));
  return (await Promise.all(plans)).map((plan) => JSON.stringify(plan));
}
