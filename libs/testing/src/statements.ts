import { Client } from 'pg';

/** How many statements some work asks the database for; those of the jobs come at any time and do not count. */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const original = Client.prototype.query;
  let count = 0;
  Client.prototype.query = function counted(this: Client, ...values: unknown[]) {
    const [given] = values as [string | { readonly text?: string } | undefined];
    const text = typeof given === 'object' ? given.text : given;
    if (!/graphile_worker|listen/i.test(text ?? '')) count += 1;
    return Reflect.apply(original, this, values);
  } as typeof original;
  try {
    await work();
  } finally {
    Client.prototype.query = original;
  }
  return count;
}
