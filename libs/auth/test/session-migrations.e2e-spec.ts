import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '#migrations';
import { dataSourceOptions } from '#platform';
import { createTestDatabase, type TestDatabase } from '#testing';

describe('Sessions on the way back to a former version', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    const options = { url: database.url, applicationName: 'migration', entities: [], migrations: MIGRATIONS };
    dataSource = await new DataSource(dataSourceOptions(options)).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const store = async (kind: 'customer' | 'user', more: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    const id = randomUUID();
    const columns = { id, account_kind: kind, account_id: 1, audience: 'test', created_at: new Date(), ...more };
    const names = Object.keys(columns);
    await dataSource.query(
      `INSERT INTO login_session (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
      Object.values(columns),
    );
    await dataSource.query(
      `INSERT INTO refresh_token (token_hash, session_id, issued_at, expires_at)
       VALUES (uuid_send($1), $1, now(), now() + interval '1 hour')`,
      [id],
    );
    return id;
  };
  const sessions = async (): Promise<unknown[]> => {
    const rows: { id: string }[] = await dataSource.query('SELECT id FROM login_session');
    const tokens: { id: string }[] = await dataSource.query('SELECT session_id AS id FROM refresh_token');
    expect(tokens.map(({ id }) => id).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
    return rows.map(({ id }) => id).toSorted();
  };
  const undoPast = async (name: string): Promise<void> => {
    const first = MIGRATIONS.findIndex((each) => each.name.startsWith(name));
    const [{ done }] = await dataSource.query('SELECT count(*)::int AS done FROM migrations');
    for (let left = done; left > first; left -= 1) await dataSource.undoLastMigration();
  };

  it('end where they are of a warehouse or an agent: they do not become the own ones of the account', async () => {
    const [user, customer] = [await store('user'), await store('customer')];
    const agent = await store('customer', { agent_id: 1, agent_session_id: user });
    await store('user', { warehouse_uuid: randomUUID() });
    await undoPast('WarehouseSessions');
    expect(await sessions()).toEqual([agent, customer, user].toSorted());
    await undoPast('AgentsAndKeys');
    expect(await sessions()).toEqual([customer, user].toSorted());
    await dataSource.runMigrations();
    expect(await sessions()).toEqual([customer, user].toSorted());
  });
});
