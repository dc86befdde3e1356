import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { MIGRATIONS } from '#migrations';
import { dataSourceOptions } from '#platform';
import { createTestDatabase, type TestDatabase } from '#testing';
import { DEFAULT_DEMO_DATA, readDemoData } from '../src/demo-data/document.js';
import { loadDemoData, type LoadedList } from '../src/demo-data/load-demo-data.js';

export type Entry = Record<string, unknown>;

export const TABLES = [
  ...['store', 'customer', 'company_user', 'user_account', 'warehouse', 'warehouse_user_assignment'],
  ...['product', 'shipment_method', 'payment_method'],
];

export let dataSource: DataSource;

/** The project's demo shop, read anew for each test, which may spoil it. */
export let shop: Record<string, Entry[]>;

let database: TestDatabase;

/** Gives each test of a file an empty database and the shop. */
export function useShop(): void {
  beforeAll(async () => {
    database = await createTestDatabase();
    const options = { url: database.url, applicationName: 'test', entities: [], migrations: MIGRATIONS };
    dataSource = await new DataSource(dataSourceOptions(options)).initialize();
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  beforeEach(async () => {
    await dataSource.query(`TRUNCATE demo_data_entry, ${TABLES.join(', ')} RESTART IDENTITY CASCADE`);
    shop = (await readDemoData(DEFAULT_DEMO_DATA)) as typeof shop;
  });
}

export const load = (document: unknown): Promise<readonly LoadedList[]> => loadDemoData(database.url, document);

export const rowsOf = (table: string): Promise<Entry[]> => dataSource.query(`SELECT * FROM ${table} ORDER BY 1`);

/** All rows of all tables. */
export const everything = (): Promise<Entry[][]> => Promise.all([...TABLES, 'demo_data_entry'].map(rowsOf));

export const entry = (list: string, index: number): Entry => shop[list]![index]!;

/** Expects a refusal that leaves the database as it was. */
export async function refusalOf(document: unknown): Promise<string> {
  const before = await everything();
  const error = await load(document).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'ProgramError' });
  expect(await everything()).toEqual(before);
  return (error as Error).message;
}

/** The lines of a refusal behind its heading. */
export const problemsOf = async (document: unknown): Promise<string[]> =>
  (await refusalOf(document)).split('\n').slice(1);
