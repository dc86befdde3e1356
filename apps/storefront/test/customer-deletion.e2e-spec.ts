import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outcome, PASSWORD, type Answer, mailedKey } from '#testing';
import { errorsOf, Shop, type LoggedIn } from './shop.js';

const UNAUTHORIZED = ['403 411 Unauthorized request.'];

/** Unique for each test: what is left of a person is found by it. */
let mark: string;

const addressOf = () => ({
  salutation: 'Ms',
  firstName: mark,
  lastName: mark,
  address1: `${mark} Quay`,
  address2: `4 ${mark}`,
  address3: null,
  zipCode: mark,
  city: `${mark}burg`,
  iso2Code: 'DE',
  company: `${mark} Ltd`,
  phone: `+49 40 ${mark}`,
});
const shipmentOf = () => ({
  id: 1,
  shippingAddress: { ...addressOf(), country: 'Germany' },
  items: ['SKU-1'],
  method: { id: 1, name: 'Standard', price: 490 },
  requestedDeliveryDate: null,
});

describe('DELETE /customers/{customerReference}', () => {
  let shop: Shop;
  let zoe: LoggedIn;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());
  beforeEach(async () => {
    zoe = await person();
  });

  const person = (): Promise<LoggedIn> => {
    mark = `q${randomUUID().slice(0, 8)}`;
    const overrides = { firstName: mark, lastName: mark, email: `${mark}@customers.example`, salutation: 'Dr' };
    return shop.customer({ ...overrides, dateOfBirth: '1971-07-17', gender: 'Female' });
  };
  const query = <Row>(sql: string, values: unknown[] = []): Promise<Row[]> => shop.app.dataSource.query(sql, values);
  const remove = (code?: string, path = `/customers/${zoe.customerReference}`): Promise<Answer> =>
    shop.app.api.delete(path, { token: zoe.token, code });

  /** Everything the database knows of a customer that has used all there is. */
  const fill = async (code?: string): Promise<string> => {
    const { id, token, email } = zoe;
    await shop.app.api.post(
      `/customers/${zoe.customerReference}/addresses`,
      { ...addressOf(), isDefaultShipping: true, isDefaultBilling: true },
      { token, code },
    );
    await query(
      `INSERT INTO cart (uuid, customer_id, name, store, currency, price_mode, is_default, created_at, updated_at)
       VALUES ($1, $2, $3, 'DE', 'EUR', 'GROSS_MODE', true, now(), now())`,
      [randomUUID(), id, `${mark} cart`],
    );
    await query(`INSERT INTO company_user (uuid, customer_id, company_name) VALUES ($1, $2, $3)`, [
      randomUUID(),
      id,
      `${mark} Ltd`,
    ]);
    await query(
      `INSERT INTO idempotency_record VALUES ($1, 'POST /checkout', '\\x01', '\\x02', $2, now() + interval '1 day')`,
      [createHash('sha256').update(`customer:${id}`).digest(), JSON.stringify({ result: mark })],
    );
    const orderReference = `DE--${randomUUID()}`;
    await query(
      `INSERT INTO sales_order (order_reference, cart_uuid, customer_id, store, currency, price_mode, customer,
         billing_address, shipments, items, totals, created_at)
       VALUES ($1, $2, $3, 'DE', 'EUR', 'GROSS_MODE', $4, $5, $6, '[{"sku": "SKU-1"}]', '{"grandTotal": 1490}', now())`,
      [
        orderReference,
        randomUUID(),
        id,
        JSON.stringify({ salutation: 'Ms', firstName: mark, lastName: mark, email }),
        JSON.stringify({ ...addressOf(), country: 'Germany' }),
        JSON.stringify([shipmentOf(), { ...shipmentOf(), id: 2 }, { id: 3, shippingAddress: null }]),
      ],
    );
    await shop.app.api.post('/customer-forgotten-password', { email });
    await shop.app.mailsSent();
    return orderReference;
  };

  it('answers 204 and leaves no trace of the person in any table', async () => {
    const code = await shop.enableMfa(zoe.token, zoe.email);
    await fill(code);
    const before = await rowsWithMark();
    expect(Object.keys(before).toSorted()).toEqual(
      ['cart', 'company_user', 'customer', 'customer_address', 'idempotency_record', 'sales_order'].toSorted(),
    );
    const answer = await remove(code);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(await rowsWithMark()).toEqual({});
    const [row] = await query(`SELECT gender, date_of_birth, salutation, locale FROM customer WHERE id = $1`, [zoe.id]);
    expect(row).toEqual({ gender: null, date_of_birth: null, salutation: '', locale: 'en_US' });
    for (const [table, column] of [
      ['customer_address', 'customer_id'],
      ['cart', 'customer_id'],
      ['company_user', 'customer_id'],
      ['account_key', 'account_id'],
      ['mfa_factor', 'account_id'],
      ['mfa_code', 'account_id'],
      ['mfa_grant', 'account_id'],
      ['mfa_credential', 'account_id'],
      ['mfa_recovery_code', 'account_id'],
    ]) {
      expect(await query(`SELECT FROM ${table} WHERE ${column}::text = $1`, [zoe.id]), table).toEqual([]);
    }
  });

  /** The rows of all tables that tell of the person, by table. */
  async function rowsWithMark(): Promise<Record<string, string[]>> {
    const tables = await query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    const found: Record<string, string[]> = {};
    for (const { name } of tables) {
      const rows = (await query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`)).map(({ row }) => row);
      const hits = rows.filter((row) => row.toLowerCase().includes(mark));
      if (hits.length > 0) found[name] = hits;
    }
    return found;
  }

  it('keeps orders: what was ordered, for how much, and to which country', async () => {
    const orderReference = await fill();
    expect((await remove()).status).toBe(204);
    const [order] = await query<Record<string, any>>(`SELECT * FROM sales_order WHERE order_reference = $1`, [
      orderReference,
    ]);
    const nobody = {
      ...Object.fromEntries(Object.entries(addressOf()).map(([key, value]) => [key, value === null ? null : ''])),
      country: 'Germany',
      iso2Code: 'DE',
    };
    const shipment = { ...shipmentOf(), shippingAddress: nobody };
    expect(order).toMatchObject({
      customer_id: zoe.id,
      currency: 'EUR',
      items: [{ sku: 'SKU-1' }],
      totals: { grandTotal: 1490 },
    });
    expect(order!['customer']).toEqual({ salutation: '', firstName: '', lastName: '', email: '' });
    expect(order!['billing_address']).toEqual(nobody);
    expect(order!['shipments']).toEqual([shipment, { ...shipment, id: 2 }, { id: 3, shippingAddress: {} }]);
  });

  it('ends the sessions, the login and the mailed keys', async () => {
    const tokens = await shop.app.api.post('/access-tokens', { username: zoe.email, password: PASSWORD });
    const { refreshToken } = tokens.json.data.attributes;
    await fill();
    const restorePasswordKey = await mailedKey(shop.app, zoe.email);
    await remove();
    expect(outcome(await shop.app.api.get('/customers', { token: zoe.token }))).toBe('401 001');
    expect(outcome(await remove())).toBe('401 001');
    expect(outcome(await shop.app.api.post('/refresh-tokens', { refreshToken }))).toBe('401 004');
    expect(outcome(await shop.app.api.post('/access-tokens', { username: zoe.email, password: PASSWORD }))).toBe(
      '401 003',
    );
    const [{ email } = { email: '' }] = await query<{ email: string }>(`SELECT email FROM customer WHERE id = $1`, [
      zoe.id,
    ]);
    const grant = { grant_type: 'password', username: email, password: PASSWORD };
    expect((await shop.app.api.form('/token', grant)).json.error).toBe('invalid_grant');
    const attributes = { restorePasswordKey, password: 'Harbor-Late-02!', confirmPassword: 'Harbor-Late-02!' };
    expect(outcome(await shop.app.api.patch('/customer-restore-password/x', attributes))).toBe('422 415');
    shop.app.mailbox.clear();
    await shop.app.api.post('/customer-forgotten-password', { email: zoe.email });
    await shop.app.mailsSent();
    expect(shop.app.mailbox.mails).toEqual([]);
  });

  it('frees the e-mail address at once, for a new account without anything of the old one', async () => {
    const code = await shop.enableMfa(zoe.token, zoe.email);
    await fill(code);
    await remove(code);
    const ben = { salutation: 'Mr', firstName: 'Ben', lastName: 'New', gender: 'Male', acceptedTerms: true };
    const attributes = { ...ben, email: zoe.email, password: PASSWORD, confirmPassword: PASSWORD };
    const answer = await shop.app.api.post('/customers', attributes);
    expect(answer.status).toBe(201);
    expect(answer.json.data.id).not.toBe(zoe.customerReference);
    const registrationKey = await mailedKey(shop.app, zoe.email);
    await shop.app.api.post('/customer-confirmation', { registrationKey });
    const token = await shop.login(zoe.email);
    const types = await shop.app.api.get('/multi-factor-auth-types', { token });
    expect(types.json.data[0].attributes.status).toBe(0);
    const { json } = await shop.app.api.get('/customers?include=addresses', { token });
    expect([json.data[0].attributes.firstName, json.included]).toEqual(['Ben', undefined]);
  });

  it('is for the own account alone', async () => {
    const ben = await shop.customer();
    for (const path of [`/customers/${ben.customerReference}`, '/customers/DE--0', '/customers/%00']) {
      expect(errorsOf(await remove(undefined, path))).toEqual(UNAUTHORIZED);
    }
    for (const path of ['/customers', '/customers/']) {
      expect(errorsOf(await remove(undefined, path))).toEqual(['400 Resource id is not specified.']);
    }
    expect(outcome(await shop.app.api.get('/customers', { token: ben.token }))).toBe('200');
  });

  it('asks for the token, and then for the second factor', async () => {
    const code = await shop.enableMfa(zoe.token, zoe.email);
    const path = `/customers/${zoe.customerReference}`;
    expect(outcome(await shop.app.api.delete(path))).toBe('403 002');
    expect(outcome(await remove())).toBe('403 5900');
    expect(outcome(await remove('000000x'))).toBe('403 5901');
    expect(outcome(await shop.app.api.get('/customers', { token: zoe.token }))).toBe('200');
    expect((await remove(code)).status).toBe(204);
  });

  it('and everything else that a customer can do meet without harm: nothing comes after the end', async () => {
    const other = await shop.app.anotherInstance();
    for (let n = 0; n < 5; n += 1) {
      zoe = await person();
      const { token, customerReference, email } = zoe;
      const path = `/customers/${customerReference}`;
      const address = { ...addressOf(), isDefaultShipping: true, isDefaultBilling: true };
      const answers = await Promise.all([
        other.patch(path, { lastName: `${mark} Smith`, email: `x-${email}` }, { token }),
        other.post(`${path}/addresses`, address, { token }),
        remove(),
        other.delete(path, { token }),
        other.post('/access-tokens', { username: email, password: PASSWORD }),
        other.post('/customer-forgotten-password', { email }),
      ]);
      const results = answers.map(outcome);
      expect(results.filter((result) => result.startsWith('5'))).toEqual([]);
      expect([results[2], results[3]]).toContain('204');
      expect(await rowsWithMark()).toEqual({});
      const live = await query(
        `SELECT FROM login_session WHERE account_kind = 'customer' AND account_id = $1 AND ended_at IS NULL`,
        [zoe.id],
      );
      expect(live).toEqual([]);
      await shop.app.mailsSent();
    }
  });
});
