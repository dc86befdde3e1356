import { describe, expect, it } from 'vitest';
import { loadDemoData } from './load.js';
import { dataSource, entry, problemsOf, refusalOf, shop, useShop } from './test/shop.js';

useShop();

describe('a conflict with the database', () => {
  it('names each entry and the member that is taken, not what follows from it, and loads nothing', async () => {
    await loadDemoData(dataSource, shop);
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
    await loadDemoData(dataSource, shop);
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
    await loadDemoData(dataSource, shop);
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
    await loadDemoData(dataSource, shop);
    await dataSource.query(`DELETE FROM customer WHERE customer_reference IN ('DE--2', 'DE--5')`);
    const lines = await problemsOf({ ...shop, companyUsers });
    expect(lines).toEqual([
      'companyUsers[1]: refers to what was removed or changed in the database',
      'companyUsers[2]: refers to what was removed or changed in the database',
    ]);
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
