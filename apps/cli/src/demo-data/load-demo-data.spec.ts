import { verify } from '@node-rs/argon2';
import { describe, expect, it, vi } from 'vitest';
import {
  TABLES,
  dataSource,
  entry,
  everything,
  load,
  problemsOf,
  refusalOf,
  rowsOf,
  shop,
  useShop,
} from '../../test/demo-shop.js';
import { CUSTOMER, USER } from './account-kinds.js';

useShop();

describe('loading', () => {
  it("loads the project's demo shop", async () => {
    expect(await load(shop)).toEqual([
      { list: 'stores', count: 1, alreadyThere: 0 },
      { list: 'customers', count: 6, alreadyThere: 0 },
      { list: 'companyUsers', count: 3, alreadyThere: 0 },
      { list: 'users', count: 5, alreadyThere: 0 },
      { list: 'warehouses', count: 2, alreadyThere: 0 },
      { list: 'warehouseUserAssignments', count: 1, alreadyThere: 0 },
      { list: 'products', count: 6, alreadyThere: 0 },
      { list: 'shipmentMethods', count: 2, alreadyThere: 0 },
      { list: 'paymentMethods', count: 2, alreadyThere: 0 },
    ]);
    const counts = (await Promise.all(TABLES.map(rowsOf))).map((rows) => rows.length);
    expect(counts).toEqual([1, 6, 3, 5, 2, 1, 6, 2, 2]);
  });

  it('writes what the entry says, and its password as a hash', async () => {
    await load(shop);
    const [customer] = await rowsOf('customer');
    expect(customer).toMatchObject({
      customer_reference: 'DE--1',
      email: entry('customers', 0)['email'],
      gender: 'Female',
    });
    expect(await verify(customer!['password_hash'] as string, 'Harbor-Demo-01!')).toBe(true);
    expect((await rowsOf('user_account'))[2]).toMatchObject({
      id: '3',
      roles: ['warehouse'],
      is_warehouse_user: true,
      locale: 'de_DE',
    });
    const [assignment] = await rowsOf('warehouse_user_assignment');
    expect(assignment).toMatchObject({ user_id: '3', warehouse_id: '1', is_active: true });
  });

  it('writes what is sold, and where, as the file says', async () => {
    entry('products', 0)['taxRatePercent'] = 7.25;
    entry('shipmentMethods', 1)['deliveryTime'] = 86_400;
    await load(shop);
    const { name, currencies, defaultCurrency, locales, priceModes, countries } = entry('stores', 0);
    expect(await rowsOf('store')).toEqual([
      {
        ...{
          id: '1',
          name,
          currencies,
          default_currency: defaultCurrency,
          locales,
          price_modes: priceModes,
          countries,
        },
        order_reference_prefix: 'DE--',
      },
    ]);
    const { sku, abstractSku, stock, name: productName, pricesCents } = entry('products', 0);
    expect((await rowsOf('product'))[0]).toEqual({
      ...{ sku, abstract_sku: abstractSku, name: productName, stock, never_out_of_stock: true },
      ...{ tax_rate: '7.25', prices: pricesCents },
    });
    expect((await rowsOf('shipment_method'))[1]).toEqual({
      ...{ id: '2', name: 'Express', carrier: 'Hafenpost', delivery_time: 86_400, is_active: true },
      ...{ tax_rate: '19.00', prices: entry('shipmentMethods', 1)['pricesCents'] },
    });
    expect((await rowsOf('payment_method'))[0]).toEqual({
      ...{ provider_name: 'DummyPayment', method_name: 'Invoice', is_active: true },
    });
  });

  it("fills in what an entry may leave out, with the first store's first locale", async () => {
    entry('stores', 0)['locales'] = ['de_DE', 'en_US'];
    for (const member of ['locale', 'confirmed']) delete entry('customers', 0)[member];
    for (const member of ['locale', 'status']) delete entry('users', 0)[member];
    for (const member of ['isActive', 'isDefault']) delete entry('companyUsers', 0)[member];
    delete entry('warehouses', 0)['isActive'];
    delete entry('products', 0)['neverOutOfStock'];
    for (const member of ['isActive', 'deliveryTime']) delete entry('shipmentMethods', 0)[member];
    delete entry('paymentMethods', 0)['isActive'];
    delete entry('warehouseUserAssignments', 0)['isActive'];
    await load(shop);
    expect((await rowsOf('customer'))[0]).toMatchObject({ locale: 'de_DE', confirmed: true });
    expect((await rowsOf('user_account'))[0]).toMatchObject({ locale: 'de_DE', status: 'active' });
    expect((await rowsOf('company_user'))[0]).toMatchObject({ is_active: true, is_default: false });
    expect((await rowsOf('warehouse'))[0]).toMatchObject({ is_active: true });
    expect((await rowsOf('product'))[0]).toMatchObject({ never_out_of_stock: false });
    expect((await rowsOf('shipment_method'))[0]).toMatchObject({ is_active: true, delivery_time: null });
    expect((await rowsOf('payment_method'))[0]).toMatchObject({ is_active: true });
    expect((await rowsOf('warehouse_user_assignment'))[0]).toMatchObject({ is_active: true });
  });

  it('takes en_US where the file has no stores', async () => {
    delete entry('users', 2)['locale'];
    await load({ users: shop['users'] });
    expect((await rowsOf('user_account'))[2]).toMatchObject({ locale: 'en_US' });
  });

  it('refers to rows that only the database has', async () => {
    const { companyUsers, warehouseUserAssignments, ...referredTo } = shop;
    await load(referredTo);
    await load({ companyUsers, warehouseUserAssignments });
    expect(await rowsOf('company_user')).toHaveLength(3);
    expect(await rowsOf('warehouse_user_assignment')).toHaveLength(1);
  });

  it('lets generated ids continue behind the numbers of the file', async () => {
    entry('users', 4)['id'] = 70;
    entry('warehouses', 0)['id'] = 40;
    entry('shipmentMethods', 0)['id'] = 8;
    entry('customers', 3)['customerReference'] = 'DE--120';
    await load(shop);
    const nextIds = await Promise.all(
      ['user_account', 'warehouse', 'customer', 'shipment_method'].map((table) =>
        dataSource.query(`SELECT nextval(pg_get_serial_sequence($1, 'id'))`, [table]),
      ),
    );
    expect(nextIds.flat().map(({ nextval }) => nextval)).toEqual(['71', '41', '121', '9']);
  });
});

describe('loading again', () => {
  it('changes nothing', async () => {
    await load(shop);
    const before = await everything();
    const loaded = await load(shop);
    expect(loaded.map(({ count, alreadyThere }) => [count, alreadyThere])).toEqual([
      [0, 1],
      [0, 6],
      [0, 3],
      [0, 5],
      [0, 2],
      [0, 1],
      [0, 6],
      [0, 2],
      [0, 2],
    ]);
    expect(await everything()).toEqual(before);
  });

  it('hashes no password', async () => {
    await load(shop);
    const hashing = [vi.spyOn(CUSTOMER, 'prepare'), vi.spyOn(USER, 'prepare')];
    await load({ customers: shop['customers'], users: shop['users'] });
    for (const spy of hashing) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it('leaves entries alone that were renamed, changed or deleted since', async () => {
    await load(shop);
    await dataSource.query(
      `UPDATE user_account SET username = 'new@sallyport.example', status = 'inactive' WHERE id = 1`,
    );
    await dataSource.query(`UPDATE customer SET customer_reference = 'gone', email = 'gone' WHERE id = 2`);
    await dataSource.query(`DELETE FROM customer WHERE id = 1`);
    await dataSource.query(`DELETE FROM user_account WHERE id = 3`);
    await dataSource.query(`DELETE FROM warehouse`);
    await dataSource.query(`UPDATE product SET stock = stock - 1, sku = sku || '-old' WHERE stock > 100`);
    await dataSource.query(`UPDATE store SET name = 'gone'`);
    await dataSource.query(`DELETE FROM shipment_method`);
    await dataSource.query(`DELETE FROM payment_method WHERE method_name = 'Invoice'`);
    const before = await everything();
    await load(shop);
    expect(await everything()).toEqual(before);
  });

  it('knows an entry whatever the case of its username or uuid', async () => {
    await load(shop);
    const before = await everything();
    for (const user of shop['users']!) user['username'] = String(user['username']).toUpperCase();
    for (const warehouse of shop['warehouses']!) warehouse['uuid'] = String(warehouse['uuid']).toUpperCase();
    await load(shop);
    expect(await everything()).toEqual(before);
  });

  it('adds the entries that are new in the file', async () => {
    await load(shop);
    const another = { ...entry('customers', 0), customerReference: 'DE--7', email: 'new@harborsupply.example' };
    const loaded = await load({ customers: [...shop['customers']!, another] });
    expect(loaded).toEqual([{ list: 'customers', count: 1, alreadyThere: 6 }]);
    expect((await rowsOf('customer')).map((row) => row['customer_reference'])).toContain('DE--7');
  });

  it('works while another instance does the same', async () => {
    const reports = await Promise.all([1, 2, 3].map(() => load(shop)));
    const counts = reports.map((loaded) => loaded.reduce((sum, { count }) => sum + count, 0));
    expect(counts.toSorted()).toEqual([0, 0, 28]);
    expect(await rowsOf('customer')).toHaveLength(6);
  });
});

describe('a conflict with the database', () => {
  it('names each entry and the member that is taken, not what follows from it, and loads nothing', async () => {
    await load(shop);
    await dataSource.query(`TRUNCATE demo_data_entry`);
    await dataSource.query(`UPDATE customer SET customer_reference = 'X--' || id WHERE id = 2`);
    await dataSource.query(`UPDATE user_account SET username = 'other@sallyport.example', id = 90 WHERE id = 4`);
    await dataSource.query(`DELETE FROM warehouse`);
    await dataSource.query(`DELETE FROM company_user`);
    await dataSource.query(`DELETE FROM customer WHERE id > 2`);
    const lines = await problemsOf({
      customers: shop['customers'],
      companyUsers: shop['companyUsers'],
      users: [entry('users', 3)],
      warehouses: shop['warehouses'],
    });
    expect(lines).toEqual([
      'customers[0].customerReference: is already taken (in the database)',
      'customers[1].email: is already taken (in the database)',
      'users[0].uuid: is already taken (in the database)',
    ]);
  });

  it('is told for what is sold, too', async () => {
    await load(shop);
    await dataSource.query(`TRUNCATE demo_data_entry`);
    const { stores, shipmentMethods, paymentMethods } = shop;
    const lines = await problemsOf({ stores, products: [entry('products', 2)], shipmentMethods, paymentMethods });
    expect(lines).toEqual([
      'stores[0].name: is already taken (in the database)',
      'products[0].sku: is already taken (in the database)',
      'shipmentMethods[0].id: is already taken (in the database)',
      'shipmentMethods[1].id: is already taken (in the database)',
      'paymentMethods[0].paymentMethodName: is already offered by this provider (in the database)',
      'paymentMethods[1].paymentMethodName: is already offered by this provider (in the database)',
    ]);
  });

  it('is told for a second active assignment of a user', async () => {
    await load(shop);
    const second = {
      ...entry('warehouseUserAssignments', 0),
      uuid: entry('users', 0)['uuid'],
      warehouseUuid: entry('warehouses', 1)['uuid'],
    };
    expect(await problemsOf({ warehouseUserAssignments: [second] })).toEqual([
      'warehouseUserAssignments[0].isActive: must be false, the user has another active assignment (in the database)',
    ]);
  });

  it('is told for a new entry whose customer was deleted since', async () => {
    const companyUsers = shop['companyUsers']!.splice(0);
    await load(shop);
    await dataSource.query(`DELETE FROM customer WHERE customer_reference IN ('DE--2', 'DE--5')`);
    const lines = await problemsOf({ ...shop, companyUsers });
    expect(lines).toEqual([
      'companyUsers[1]: refers to what was removed or changed in the database',
      'companyUsers[2]: refers to what was removed or changed in the database',
    ]);
  });

  it('is told for what somebody else creates while the data is loaded', async () => {
    const { begun } = await dataSource.transaction(async (other) => {
      await other.query(`INSERT INTO payment_method (provider_name, method_name) VALUES ('DummyPayment', 'Invoice')`);
      const loading = load({ paymentMethods: shop['paymentMethods'] }).catch((reason: Error) => reason.message);
      while (!(await isLoadWaiting())) continue;
      return { begun: loading };
    });
    expect(await begun).toBe(
      'The demo data was not loaded: an entry was created meanwhile (pk_payment_method). Load it again.',
    );
    expect((await everything()).flat()).toHaveLength(1);
  });

  it('leaves the next generated id as it was', async () => {
    await dataSource.query(`INSERT INTO warehouse (uuid, name) VALUES ($1, 'Kiel Depot')`, [
      entry('warehouses', 0)['uuid'],
    ]);
    Object.assign(entry('users', 0), { id: 500 });
    await refusalOf(shop);
    const [next] = await dataSource.query(`SELECT nextval(pg_get_serial_sequence('user_account', 'id'))`);
    expect(next).toEqual({ nextval: '1' });
  });
});

async function isLoadWaiting(): Promise<boolean> {
  const rows = await dataSource.query(
    `SELECT FROM pg_stat_activity WHERE application_name = 'sallyport-cli' AND wait_event_type = 'Lock'
     AND datname = current_database()`,
  );
  return rows.length > 0;
}
