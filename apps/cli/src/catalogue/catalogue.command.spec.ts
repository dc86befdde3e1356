import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestApp } from '#testing';
import { startShop } from '../../test/protected-shop.js';
import { runCli, type Run } from '../../test/run-cli.js';
import { DEFAULT_DEMO_DATA, readDemoData } from '../demo-data/document.js';
import { loadDemoData } from '../demo-data/load-demo-data.js';

let shop: TestApp;
let folder: string;
let file: string;

beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.stop());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-catalogue-'));
  file = join(folder, 'catalogue.jsonl');
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await shop.dataSource.query(
    'TRUNCATE store, warehouse, product, shipment_method, payment_method RESTART IDENTITY CASCADE',
  );
});

const cli = (...words: string[]): Promise<Run> => runCli(shop.settings, 'catalogue', ...words);
const write = (...all: readonly unknown[]): void =>
  writeFileSync(file, all.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
const exported = async (): Promise<string> => {
  const target = join(folder, 'exported.jsonl');
  expect((await cli('export', target)).exitCode).toBe(0);
  return readFileSync(target, 'utf8');
};

const PRICES = { EUR: { gross: 2380, net: 2000 } };
const PRODUCT = {
  ...{ kind: 'product', sku: 'rope-20', abstractSku: 'rope', name: 'Rope "20 m"\\ Ω', stock: 40 },
  ...{ neverOutOfStock: false, taxRatePercent: 19, pricesCents: PRICES },
};
const STORE = {
  ...{ kind: 'store', name: 'DE', currencies: ['EUR'], defaultCurrency: 'EUR', locales: ['en_US'] },
  ...{ priceModes: ['GROSS_MODE'], countries: [{ iso2Code: 'DE', name: 'Germany' }], orderReferencePrefix: 'DE--' },
};
const WAREHOUSE = { kind: 'warehouse', uuid: '834b3731-02d4-5d6f-9a61-d63ae5e70517', name: 'North', isActive: true };
const SHIPMENT_METHOD = {
  ...{ kind: 'shipmentMethod', id: 7, name: 'Standard', carrier: 'Post', pricesCents: PRICES, taxRatePercent: 7.5 },
  ...{ deliveryTime: 3600, isActive: true },
};
const PAYMENT_METHOD = {
  ...{ kind: 'paymentMethod', paymentProviderName: 'DummyPayment', paymentMethodName: 'Invoice', isActive: true },
};
const ALL = [STORE, WAREHOUSE, PRODUCT, SHIPMENT_METHOD, PAYMENT_METHOD];
const product = (overrides: object = {}): object => ({ ...PRODUCT, ...overrides });
const stockOf = async (sku: string): Promise<number> =>
  (await shop.dataSource.query(`SELECT stock FROM product WHERE sku = $1`, [sku]))[0].stock;

describe('A catalogue', () => {
  it('is exported as it was imported', async () => {
    write(...ALL);
    expect((await cli('import', file)).err).toContain(
      ['stores', 'warehouses', 'products', 'shipment methods', 'payment methods']
        .map((kind) => `${kind}: 1 new, 0 changed, 0 as they were\n`)
        .join(''),
    );
    const lines = (await exported()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(ALL);
  });

  it('of the demo shop is the same after an export and an import elsewhere', async () => {
    await loadDemoData(shop.databaseUrl, await readDemoData(DEFAULT_DEMO_DATA));
    const text = await exported();
    await shop.dataSource.query('TRUNCATE store, warehouse, product, shipment_method, payment_method CASCADE');
    writeFileSync(file, text);
    expect((await cli('import', file)).exitCode).toBe(0);
    expect(await exported()).toBe(text);
    expect((await cli('import', file)).err).not.toMatch(/[1-9]\d* (new|changed)/);
  });

  it('changes what a file names by natural key, and keeps what it does not name', async () => {
    write(...ALL, product({ sku: 'other' }));
    await cli('import', file);
    const { stock: _stock, neverOutOfStock: _never, ...rest } = PRODUCT;
    write(
      { ...rest, name: 'Rope' },
      { ...SHIPMENT_METHOD, deliveryTime: null },
      { ...PAYMENT_METHOD, isActive: false },
    );
    await shop.dataSource.query(`UPDATE product SET stock = 5, never_out_of_stock = true WHERE sku = 'rope-20'`);
    expect((await cli('import', file)).err).toContain('products: 0 new, 1 changed, 0 as they were\n');
    const lines = (await exported()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      ...[STORE, WAREHOUSE, product({ sku: 'other' })],
      product({ name: 'Rope', stock: 5, neverOutOfStock: true }),
      { ...SHIPMENT_METHOD, deliveryTime: null },
      { ...PAYMENT_METHOD, isActive: false },
    ]);
  });

  it('lets generated ids go on behind those of the file', async () => {
    write(SHIPMENT_METHOD);
    await cli('import', file);
    const [{ id }] = await shop.dataSource.query(
      `INSERT INTO shipment_method (name, carrier, prices, tax_rate) VALUES ('Fast', 'Post', '{}', 0) RETURNING id`,
    );
    expect(id).toBe('8');
  });

  it('stays as it was in a dry run, which checks everything', async () => {
    write(...ALL);
    expect((await cli('import', file, '--dry-run')).err).toContain('products: 1 could be imported\n');
    expect(await exported()).toBe('');
    write(product(), product());
    expect((await cli('import', file, '--dry-run')).exitCode).toBe(1);
  });

  it('names every wrong line with its number and what is wrong, and loads nothing', async () => {
    write(
      ...[product(), 'hello', product({ sku: 'a', taxRatePercent: 101 }), { kind: 'voucher' }],
      ...[product({ sku: 'b', pricesCents: { euro: { gross: 1, net: 1 } } }), product({ sku: 'c', colour: 'red' })],
      ...[{ ...STORE, defaultCurrency: 'CHF' }, product({ sku: '\ud800' }), product({ sku: 'a\u0002b' }), ''],
    );
    const { exitCode, err } = await cli('import', file);
    expect(exitCode).toBe(1);
    expect(err.slice(err.indexOf('ProgramError')).split('\n')).toEqual([
      `ProgramError: Nothing was imported from ${file}:`,
      'line 2: is not JSON: see column 1',
      'line 3: taxRatePercent: must be from 0 to 100, with two decimals at most',
      'line 4: kind: must be one of store, warehouse, product, shipmentMethod, paymentMethod',
      'line 5: pricesCents.euro: must be a currency such as EUR',
      'line 6: colour: is not a member of such an entry',
      'line 7: defaultCurrency: must be one of the currencies',
      'line 8: sku: holds a character that cannot be stored',
      'line 9: sku: must not be blank, nor hold control characters',
      'line 10: is empty',
    ]);
    expect(await exported()).toBe('');
  });

  it('names lines that are wrong together with lines that say the same', async () => {
    write(product(), product({ sku: 'a', stock: -1 }), product({ name: 'Other' }));
    const { err } = await cli('import', file);
    expect(err.slice(err.indexOf('ProgramError')).split('\n').slice(1)).toEqual([
      'line 2: stock: must be a whole number from 0 to 2147483647',
      'line 3: is named already (line 1)',
    ]);
    expect(await exported()).toBe('');
  });

  it.each([
    [
      'names a product twice',
      () => write(product(), STORE, product({ name: 'Other' })),
      'line 3: is named already (line 1)',
    ],
    ['names a payment method twice', () => write(PAYMENT_METHOD, PAYMENT_METHOD), 'line 2: is named already (line 1)'],
    ['is empty', () => write(), 'line 1: is missing: the file is empty'],
    ['is cut off', () => writeFileSync(file, JSON.stringify(PRODUCT)), 'line 1: is cut off'],
  ])('refuses a file that %s', async (_, mistake, problem) => {
    mistake();
    const { exitCode, err } = await cli('import', file);
    expect([exitCode, err]).toEqual([1, expect.stringContaining(problem)]);
    expect(await exported()).toBe('');
  });

  it('refuses what is no file', async () => {
    expect((await cli('import', join(folder, 'none'))).err).toContain('none does not exist.');
    expect((await cli('import', folder)).err).toContain('is a folder, not a file.');
    expect((await cli('export', join(folder, 'no', 'such'))).err).toContain('cannot be written (ENOENT)');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of many products is stored in batches', async () => {
    const skus = Array.from({ length: 20_001 }, (_, n) => `sku-${n}`);
    write(...skus.map((sku) => product({ sku })));
    expect((await cli('import', file)).err).toContain('products: 20001 new, 0 changed, 0 as they were\n');
    write(...skus.map((sku, n) => product({ sku, stock: n < 12 ? 1 : 40 })));
    expect((await cli('import', file)).err).toContain('products: 0 new, 12 changed, 19989 as they were\n');
  });
});

describe('Stock', () => {
  beforeEach(async () => {
    write(product(), product({ sku: 'other' }));
    await cli('import', file);
  });

  it('is set for the products of a file alone', async () => {
    write({ sku: 'rope-20', stock: 3 });
    expect((await cli('stock', file)).err).toContain('products: 0 new, 1 changed, 0 as they were\n');
    expect([await stockOf('rope-20'), await stockOf('other')]).toEqual([3, 40]);
  });

  it('is refused as a whole for a product that is not there, and for what is no amount', async () => {
    write({ sku: 'rope-20', stock: 3 }, { sku: 'none', stock: 3 });
    expect((await cli('stock', file)).err).toContain('line 2: sku: is no product of the database');
    write({ sku: 'rope-20', stock: 3 }, { sku: 'other', stock: -1 }, { sku: 'other' });
    expect((await cli('stock', file)).err).toMatch(
      /line 2: stock: must be a whole number from 0 to 2147483647\nline 3: stock: is missing/,
    );
    expect(await stockOf('rope-20')).toBe(40);
  });

  it('is taken from the new amount by whoever orders after it, and from the former by whoever was before', async () => {
    write({ sku: 'rope-20', stock: 10 });
    const run = await shop.dataSource.transaction(async (order) => {
      await order.query(`UPDATE product SET stock = stock - 2 WHERE sku = 'rope-20'`);
      const begun = cli('stock', file);
      while (!(await isWaiting())) continue;
      return { begun };
    });
    expect((await run.begun).exitCode).toBe(0);
    expect(await stockOf('rope-20')).toBe(10);
    await shop.dataSource.query(`UPDATE product SET stock = stock - 2 WHERE sku = 'rope-20'`);
    expect(await stockOf('rope-20')).toBe(8);
  });

  it('that an import does not name keeps what was ordered while the import waited', async () => {
    const { stock: _stock, ...rest } = PRODUCT;
    write({ ...rest, name: 'Rope' });
    const run = await shop.dataSource.transaction(async (order) => {
      await order.query(`UPDATE product SET stock = stock - 2 WHERE sku = 'rope-20'`);
      const begun = cli('import', file);
      while (!(await isWaiting())) continue;
      return { begun };
    });
    expect((await run.begun).exitCode).toBe(0);
    expect(await stockOf('rope-20')).toBe(38);
  });

  it('is set while orders of the same products in another order of the file are placed, without a deadlock', async () => {
    write({ sku: 'rope-20', stock: 10 }, { sku: 'other', stock: 10 });
    const run = await shop.dataSource.transaction(async (order) => {
      await order.query(`SELECT FROM product WHERE sku = 'other' FOR NO KEY UPDATE`);
      const begun = cli('stock', file);
      while (!(await isWaiting())) continue;
      await order.query(`SELECT FROM product WHERE sku = 'rope-20' FOR NO KEY UPDATE`);
      return { begun };
    });
    expect((await run.begun).exitCode).toBe(0);
  });

  async function isWaiting(): Promise<boolean> {
    const rows = await shop.dataSource.query(
      `SELECT FROM pg_stat_activity WHERE application_name = 'sallyport-cli' AND wait_event_type = 'Lock'
       AND datname = current_database()`,
    );
    return rows.length > 0;
  }
});
