import pg from 'pg';

/** A separate connection without a time limit for statements. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench' });
  // when the benchmark is interrupted, the database stops first
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

export function createDatabase(serverUrl: string, name: string): Promise<void> {
  return onServer(serverUrl, `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
}

export function dropDatabase(serverUrl: string, name: string): Promise<void> {
  return onServer(serverUrl, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = await connect(url);
  await client.query(statement).finally(() => client.end());
}
