import { randomUUID } from 'node:crypto';
import type { Customer, User } from '#auth';
import {
  createCustomer,
  createUser,
  mailedCode,
  PASSWORD,
  startTestApp,
  type Answer,
  type TestApp,
  type TestDatabase,
} from '#testing';
import { PaymentMethod } from '../src/catalogue/payment-method.entity.js';
import { Product } from '../src/catalogue/product.entity.js';
import { ShipmentMethod } from '../src/catalogue/shipment-method.entity.js';
import { Store } from '../src/catalogue/store.entity.js';
import { createStorefront } from '../src/storefront.js';

/** A customer that is logged in. */
export interface LoggedIn extends Customer {
  readonly token: string;
}

/** The storefront app with a store, two shipment methods and two payment methods, and ways to bring what a test needs. */
export class Shop {
  private constructor(readonly app: TestApp) {}

  /** On a database that has a store already. */
  static async reopen(database: TestDatabase): Promise<Shop> {
    return new Shop(await startTestApp(createStorefront, {}, database));
  }

  static async open(env: NodeJS.ProcessEnv = {}, database?: TestDatabase): Promise<Shop> {
    const shop = new Shop(await startTestApp(createStorefront, env, database));
    const { manager } = shop.app.dataSource;
    await manager.insert(Store, {
      name: 'DE',
      currencies: ['EUR', 'CHF'],
      defaultCurrency: 'EUR',
      locales: ['en_US', 'de_DE'],
      priceModes: ['GROSS_MODE', 'NET_MODE'],
      countries: [{ iso2Code: 'DE', name: 'Germany' }],
      orderReferencePrefix: 'DE--',
    });
    await manager.insert(ShipmentMethod, [
      { name: 'Standard', carrier: 'Hafenpost', taxRate: '19', deliveryTime: null, prices: STANDARD_PRICES },
      { name: 'Express', carrier: 'Hafenpost', taxRate: '19', deliveryTime: null, prices: STANDARD_PRICES },
    ]);
    await manager.insert(PaymentMethod, [
      { providerName: 'DummyPayment', methodName: 'Invoice' },
      { providerName: 'OtherPayment', methodName: 'Card' },
    ]);
    return shop;
  }

  /** A confirmed customer that is logged in. */
  async customer(overrides: Partial<Customer> = {}): Promise<LoggedIn> {
    const customer = await createCustomer(this.app.dataSource, overrides);
    return { ...customer, token: await this.login(customer.email) };
  }

  async login(username: string, password = PASSWORD, headers: Record<string, string> = {}): Promise<string> {
    const answer = await this.app.api.post('/access-tokens', { username, password }, { headers });
    return answer.json.data?.attributes.accessToken as string;
  }

  /** An agent that is logged in. */
  async agent(overrides: Partial<User> = {}): Promise<User & { readonly token: string }> {
    const user = await createUser(this.app.dataSource, { roles: ['agent'], ...overrides });
    const attributes = { username: user.username, password: PASSWORD };
    const answer = await this.app.api.post('/agent-access-tokens', attributes);
    return { ...user, token: answer.json.data?.attributes.accessToken as string };
  }

  /** Sets the e-mail method up; @returns the code, whose grant is open in the session of the token */
  async enableMfa(token: string, email: string): Promise<string> {
    await this.app.api.post('/multi-factor-auth-type-activate', { type: 'email' }, { token });
    const code = mailedCode(this.app.mailbox, email);
    await this.app.api.post('/multi-factor-auth-type-verify', { type: 'email' }, { token, code });
    return code;
  }

  /** A product of 10.00 EUR gross with 19 % tax and 100 in stock, unless told otherwise. */
  async product(overrides: Partial<Product> = {}): Promise<Product> {
    const sku = `SKU-${randomUUID().slice(0, 8)}`;
    const product = this.app.dataSource.getRepository(Product).create({
      sku,
      abstractSku: sku,
      name: 'Dock cleat',
      stock: 100,
      neverOutOfStock: false,
      taxRate: '19',
      prices: { EUR: { gross: 1000, net: 840 }, CHF: { gross: 1140, net: 958 } },
      ...overrides,
    });
    return this.app.dataSource.getRepository(Product).save(product);
  }

  /** A cart of the customer; @returns the answer to the creation */
  createCart(token: string, overrides: object = {}, code?: string): Promise<Answer> {
    const attributes = { name: 'Office', priceMode: 'GROSS_MODE', currency: 'EUR', store: 'DE', ...overrides };
    return this.app.api.post('/carts', attributes, { token, code });
  }
}

const STANDARD_PRICES = { EUR: { gross: 490, net: 412 }, CHF: { gross: 560, net: 471 } };

export function guest(id: string = randomUUID()): { headers: Record<string, string> } {
  return { headers: { 'x-anonymous-customer-unique-id': id } };
}

/** All errors of an answer as `status code detail`. */
export function errorsOf({ json }: Answer): string[] {
  const errors = (json?.errors ?? []) as { status: number; code?: string; detail: string }[];
  return errors.map(({ status, code, detail }) => [status, code, detail].filter(Boolean).join(' '));
}
