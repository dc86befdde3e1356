import { createHash, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { CartItem } from '../src/carts/cart-item.entity.js';
import { Cart } from '../src/carts/cart.entity.js';
import type { Product } from '../src/catalogue/product.entity.js';

/** An address in a country of the store. */
export const ADDRESS = {
  salutation: 'Ms',
  firstName: 'Ada',
  lastName: 'Kessler',
  address1: 'Am Sandtorkai',
  address2: '4',
  zipCode: '20457',
  city: 'Hamburg',
  iso2Code: 'DE',
};

export const INVOICE = { paymentProviderName: 'DummyPayment', paymentMethodName: 'Invoice' };

/** Attributes of a checkout that nothing is wrong with. */
export function orderOf(idCart: string, overrides: object = {}): object {
  return { idCart, billingAddress: ADDRESS, shipment: { idShipmentMethod: 1 }, payments: [INVOICE], ...overrides };
}

/** What a guest adds to it. */
export const GUEST = { customer: { salutation: 'Mr', firstName: 'Jon', lastName: 'Roe', email: 'jon@guests.example' } };

/** Whom a cart is for: a customer, or the headers of a guest. */
export type Owner = { readonly id: string } | { readonly headers: Record<string, string> };

/** Stores a cart with two of each product, or as many as named; the group key of an item is its sku. */
export async function storeCart(
  { manager }: DataSource,
  owner: Owner,
  products: readonly (Product | [Product, number])[],
  overrides: Partial<Cart> = {},
): Promise<string> {
  const uuid = overrides.uuid ?? randomUUID();
  const guestId = 'headers' in owner ? owner.headers['x-anonymous-customer-unique-id'] : undefined;
  await manager.insert(Cart, {
    uuid,
    customerId: 'id' in owner ? owner.id : null,
    guestHash: guestId ? createHash('sha256').update(guestId).digest() : null,
    name: 'Quay 4',
    store: 'DE',
    currency: 'EUR',
    priceMode: 'GROSS_MODE',
    isDefault: false,
    createdAt: new Date(),
    updatedAt: new Date(),
    ...overrides,
  });
  for (const [index, one] of products.entries()) {
    const [{ sku }, quantity] = Array.isArray(one) ? one : [one, 2];
    await manager.insert(CartItem, { cartUuid: uuid, groupKey: sku, sku, quantity, addedAt: new Date(index) });
  }
  return uuid;
}

/** Makes every write of the kind to a table fail, as a broken database would; @returns what mends it */
export async function breakWrites(
  dataSource: DataSource,
  table: string,
  kind: 'INSERT' | 'UPDATE' | 'DELETE',
): Promise<() => Promise<unknown>> {
  await dataSource.query(`
    CREATE OR REPLACE FUNCTION fail_write() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the write fails'; END $$`);
  await dataSource.query(`
    CREATE TRIGGER failing AFTER ${kind} ON ${table} FOR EACH ROW EXECUTE FUNCTION fail_write()`);
  return () => dataSource.query(`DROP TRIGGER failing ON ${table}`);
}
