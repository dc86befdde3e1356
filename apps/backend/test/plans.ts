import { Client } from 'pg';
import type { DataSource } from 'typeorm';

/** How PostgreSQL executes each statement of some work that contains a text. */
export async function plansOf(
  dataSource: DataSource,
  part: string,
  work: () => Promise<unknown>,
): Promise<readonly string[]> {
  const original = Client.prototype.query;
  const asked: [text: string, values: unknown[]][] = [];
  Client.prototype.query = function noted(this: Client, ...values: unknown[]) {
    if (typeof values[0] === 'string' && values[0].includes(part)) asked.push(values as [string, unknown[]]);
    return Reflect.apply(original, this, values);
  } as typeof original;
  await work().finally(() => (Client.prototype.query = original));
  const plans = asked.map(([text, values]) => dataSource.query(`EXPLAIN ${text}`, values));
  return (await Promise.all(plans)).map((plan) => JSON.stringify(plan));
}
