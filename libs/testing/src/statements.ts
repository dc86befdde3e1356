import { Client } from 'pg';

/** Statements of jobs and of new connections, which can occur at any time. */
const OF_NO_REQUEST = /graphile_worker|listen|server_version_num/i;

/** Records the statements that some work sends to the database, in order. */
export async function recordStatements(work: () => Promise<unknown>): Promise<readonly string[]> {
  const original = Client.prototype.query;
  const texts: string[] = [];
  Client.prototype.query = function recorded(this: Client, ...values: unknown[]) {
    const [given] = values as [string | { readonly text?: string } | undefined];
    const text = (typeof given === 'object' ? given.text : given) ?? '';
    if (!OF_NO_REQUEST.test(text)) texts.push(text);
    return Reflect.apply(original, this, values);
  } as typeof original;
  try {
    await work();
  } finally {
    Client.prototype.query = original;
  }
  return texts;
}

export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  return (await recordStatements(work)).length;
}
