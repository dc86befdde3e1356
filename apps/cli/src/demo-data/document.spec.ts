import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, afterAll, beforeAll } from 'vitest';
import { problemsOf, refusalOf, shop, useShop, type Entry } from '../../test/demo-shop.js';
import { DEFAULT_DEMO_DATA, readDemoData } from './document.js';

useShop();

const set = (list: string, index: number, members: Entry) => (): void => {
  Object.assign(shop[list]![index]!, members);
};

const remove = (list: string, index: number, member: string) => (): void => {
  delete shop[list]![index]![member];
};

const repeat = (list: string, index: number, members: Entry) => (): void => {
  shop[list]!.push({ ...shop[list]![index], ...members });
};

const LONG = 'x'.repeat(101);
const SOME_UUID = '7b0f4c1e-0d5a-4f0e-9a53-0a4f5f0f5b11';
const ALL_LISTS =
  'stores, customers, companyUsers, users, warehouses, warehouseUserAssignments, products, shipmentMethods, paymentMethods';

const FAULTS: [mistake: () => void, line: string][] = [
  [set('customers', 2, { email: 'ada' }), 'customers[2].email: must be an e-mail address of at most 100 characters'],
  [set('customers', 2, { email: 7 }), 'customers[2].email: must be text'],
  [remove('customers', 2, 'email'), 'customers[2].email: is missing'],
  [set('customers', 0, { password: 'short-1' }), 'customers[0].password: must have at least 8 characters'],
  [set('customers', 0, { password: LONG + LONG }), 'customers[0].password: must have at most 128 characters'],
  [set('customers', 0, { salutation: 'Sir' }), 'customers[0].salutation: must be one of Mr, Mrs, Ms, Dr'],
  [set('customers', 0, { gender: null }), 'customers[0].gender: must be one of Male, Female'],
  [remove('customers', 0, 'gender'), 'customers[0].gender: is missing'],
  [set('customers', 0, { locale: 'en' }), 'customers[0].locale: must be a locale such as en_US'],
  [set('customers', 0, { confirmed: 'yes' }), 'customers[0].confirmed: must be true or false'],
  [set('customers', 0, { firstName: ' ' }), 'customers[0].firstName: must not be blank, nor hold control characters'],
  [
    set('customers', 0, { lastName: 'a\u0000' }),
    'customers[0].lastName: must not be blank, nor hold control characters',
  ],
  [set('customers', 0, { lastName: LONG }), 'customers[0].lastName: must have at most 100 characters'],
  [set('customers', 1, { nickname: 'A' }), 'customers[1].nickname: is not a member of this list'],
  [set('customers', 1, { 'a\nb': 1 }), 'customers[1]["a\\nb"]: is not a member of this list'],
  [() => (shop['customers']![5] = 'Tom' as never), 'customers[5]: must be an object'],
  [set('users', 1, { id: '2' }), 'users[1].id: must be a number'],
  [set('users', 1, { id: 2.5 }), 'users[1].id: must be a whole number greater than 0'],
  [set('users', 1, { id: 0 }), 'users[1].id: must be a whole number greater than 0'],
  [set('users', 1, { uuid: '1-2' }), 'users[1].uuid: must be a uuid'],
  [set('users', 1, { roles: 'agent' }), 'users[1].roles: must be a list'],
  [
    set('users', 1, { roles: ['agent', 'king'] }),
    'users[1].roles[1]: must be one of back-office, administrator, agent, warehouse, merchant, merchant-agent',
  ],
  [set('users', 1, { status: 'blocked' }), 'users[1].status: must be one of active, inactive'],
  [remove('users', 1, 'isWarehouseUser'), 'users[1].isWarehouseUser: is missing'],
  [set('users', 1, { isAgent: true }), 'users[1].isAgent: is not a member of this list'],
  [set('stores', 0, { locales: [] }), 'stores[0].locales: must name a locale'],
  [set('stores', 0, { locales: ['de'] }), 'stores[0].locales[0]: must be a locale such as en_US'],
  [set('stores', 0, { currencies: [] }), 'stores[0].currencies: must name a currency'],
  [set('stores', 0, { currencies: ['EUR', 'euro'] }), 'stores[0].currencies[1]: must be a currency such as EUR'],
  [set('stores', 0, { defaultCurrency: 'USD' }), 'stores[0].defaultCurrency: must be one of the currencies'],
  [set('stores', 0, { priceModes: ['GROSS'] }), 'stores[0].priceModes[0]: must be one of GROSS_MODE, NET_MODE'],
  [set('stores', 0, { priceModes: [] }), 'stores[0].priceModes: must name a price mode'],
  [set('stores', 0, { countries: [] }), 'stores[0].countries: must name a country'],
  [
    set('stores', 0, { countries: [{ iso2Code: 'de', name: 'Germany' }] }),
    'stores[0].countries[0].iso2Code: must be a country such as DE',
  ],
  [remove('stores', 0, 'orderReferencePrefix'), 'stores[0].orderReferencePrefix: is missing'],
  [repeat('stores', 0, {}), 'stores[1].name: is already taken (stores[0])'],
  [repeat('products', 1, {}), 'products[6].sku: is already taken (products[1])'],
  [set('products', 0, { stock: -1 }), 'products[0].stock: must be a whole number from 0 to 2147483647'],
  [set('products', 0, { stock: 2 ** 31 }), 'products[0].stock: must be a whole number from 0 to 2147483647'],
  [
    set('products', 0, { taxRatePercent: 100.5 }),
    'products[0].taxRatePercent: must be from 0 to 100, with two decimals at most',
  ],
  [
    set('products', 0, { taxRatePercent: 7.005 }),
    'products[0].taxRatePercent: must be from 0 to 100, with two decimals at most',
  ],
  [set('products', 0, { taxRatePercent: '19' }), 'products[0].taxRatePercent: must be a number'],
  [set('products', 0, { pricesCents: {} }), 'products[0].pricesCents: must have a price'],
  [set('products', 0, { pricesCents: [] }), 'products[0].pricesCents: must be an object'],
  [
    set('products', 0, { pricesCents: { euro: { gross: 1, net: 1 } } }),
    'products[0].pricesCents.euro: must be a currency such as EUR',
  ],
  [
    set('products', 0, { pricesCents: { EUR: { gross: 1.5, net: 1 } } }),
    'products[0].pricesCents.EUR.gross: must be a whole number from 0 to 2147483647',
  ],
  [set('products', 0, { pricesCents: { EUR: { gross: 1 } } }), 'products[0].pricesCents.EUR.net: is missing'],
  [set('shipmentMethods', 1, { id: 1 }), 'shipmentMethods[1].id: is already taken (shipmentMethods[0])'],
  [
    set('shipmentMethods', 0, { deliveryTime: -5 }),
    'shipmentMethods[0].deliveryTime: must be a whole number from 0 to 2147483647',
  ],
  [
    set('paymentMethods', 1, { paymentMethodName: 'Invoice' }),
    'paymentMethods[1].paymentMethodName: is already offered by this provider (paymentMethods[0])',
  ],
  [repeat('customers', 1, { email: 'b@c.example' }), 'customers[6].customerReference: is already taken (customers[1])'],
  [
    repeat('customers', 1, { customerReference: 'N', email: 'Jonas.Brandt@HarborSupply.example' }),
    'customers[6].email: is already taken (customers[1])',
  ],
  [
    repeat('users', 0, { id: 9, uuid: SOME_UUID, username: 'ADMIN@sallyport.example' }),
    'users[5].username: is already taken (users[0])',
  ],
  [set('users', 1, { id: 1 }), 'users[1].id: is already taken (users[0])'],
  [repeat('warehouses', 1, { id: 9 }), 'warehouses[2].uuid: is already taken (warehouses[1])'],
  [
    set('companyUsers', 2, { customerReference: 'DE--99' }),
    'companyUsers[2].customerReference: must be a customer in the file or in the database',
  ],
  [
    set('warehouseUserAssignments', 0, { warehouseUuid: SOME_UUID }),
    'warehouseUserAssignments[0].warehouseUuid: must be a warehouse in the file or in the database',
  ],
  [
    set('users', 2, { isWarehouseUser: false }),
    'warehouseUserAssignments[0].userUuid: must be a warehouse user in the file or in the database',
  ],
  [
    repeat('warehouseUserAssignments', 0, { uuid: SOME_UUID, isActive: false }),
    'warehouseUserAssignments[1].warehouseUuid: is already assigned to this user (warehouseUserAssignments[0])',
  ],
  [() => Object.assign(shop, { customers: {}, companyUsers: [] }), 'customers: must be a list'],
  [() => Object.assign(shop, { products: null }), 'products: must be a list'],
  [() => Object.assign(shop, { vouchers: [] }), `vouchers: is not a list of demo data, which are ${ALL_LISTS}`],
];

describe('a wrong file', () => {
  it.each(FAULTS.map(([mistake, line]) => ({ mistake, line })))('is refused with $line', async ({ mistake, line }) => {
    mistake();
    expect(await problemsOf(shop)).toEqual([line]);
  });

  it.each([[[]], ['customers'], [null], [3]])('is refused when it is %j', async (document) => {
    expect(await refusalOf(document)).toBe('The demo data must be a JSON object with lists such as "customers".');
  });

  it('is told all its problems together', async () => {
    set('customers', 0, { email: 'ada', nickname: 'A' })();
    set('users', 1, { id: 1 })();
    set('companyUsers', 0, { customerReference: 'DE--99' })();
    expect(await problemsOf(shop)).toEqual([
      'customers[0].email: must be an e-mail address of at most 100 characters',
      'customers[0].nickname: is not a member of this list',
      'companyUsers[0].customerReference: must be a customer in the file or in the database',
      'users[1].id: is already taken (users[0])',
    ]);
  });

  it('is told the first twenty problems and how many follow', async () => {
    const customers = Array.from({ length: 23 }, (_, at) => ({
      ...shop['customers']![0],
      customerReference: `N--${at}`,
    }));
    const lines = await problemsOf({ customers });
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('and 2 more');
  });

  it('is refused without showing a password', async () => {
    for (const customer of shop['customers']!) Object.assign(customer, { password: 'geheim' });
    set('users', 0, { password: ['geheim-geheim'] })();
    expect(await refusalOf(shop)).not.toContain('geheim');
  });
});

let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-data-'));
  path = join(folder, 'shop.json');
});

afterAll(() => rm(folder, { recursive: true }));

async function fileRefusalOf(content: string | Uint8Array): Promise<string> {
  await writeFile(path, content);
  return readDemoData(path).then(
    () => 'read',
    (error: Error) => `${error.name}: ${error.message.replace(path, 'FILE')}`,
  );
}

describe('reading a file', () => {
  it("finds the project's demo shop", async () => {
    expect(await readDemoData(DEFAULT_DEMO_DATA)).toHaveProperty('customers');
  });

  it('does not mind a byte order mark', async () => {
    await writeFile(path, '\uFEFF{"users": []}');
    expect(await readDemoData(path)).toEqual({ users: [] });
  });

  it('says that a file does not exist', async () => {
    const missing = join(folder, 'missing.json');
    await expect(readDemoData(missing)).rejects.toThrow(`The demo data file ${missing} does not exist.`);
  });

  it('says that a folder is not a file', async () => {
    await expect(readDemoData(folder)).rejects.toThrow(`The demo data file ${folder} is a folder, not a file.`);
  });

  it('says that a file is not text', async () => {
    expect(await fileRefusalOf(Uint8Array.of(0x22, 0xff, 0x22))).toBe(
      'ProgramError: The demo data file FILE is not UTF-8 text.',
    );
  });

  it.each([
    ['', 1, 1],
    ['{', 1, 2],
    ['{\n  "a": x\n}', 2, 8],
    ['{"password": "Harbor-Demo-01!" "b"}', 1, 32],
    ['{"a": 1,}', 1, 9],
    ['[1, 2,\n]', 2, 1],
    ['[1}', 1, 3],
    ['{"a": [{}, []], "b": -1.5e3, "c": "\\u00e4\\n"}\n\n}', 3, 1],
    ['{"a" 1}', 1, 6],
    ['{a: 1}', 1, 2],
    ['["open', 1, 2],
    ['["bad \\x"]', 1, 2],
    ['[01]', 1, 3],
    ['[1 2]', 1, 4],
    ['[,]', 1, 2],
    ["['a']", 1, 2],
    ['[true, falsy]', 1, 8],
    ['"a" "b"', 1, 5],
  ])('says where %j is not JSON', async (text, line, column) => {
    expect(await fileRefusalOf(text)).toBe(
      `ProgramError: The demo data file FILE is not JSON: see line ${line}, column ${column}.`,
    );
  });
});
