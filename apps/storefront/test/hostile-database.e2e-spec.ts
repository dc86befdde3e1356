import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, mailedCode, outcome, wrongCode } from '#testing';
import { Shop } from './shop.js';

/** Each breaks a statement, a decision or an answer where a session has it. */
const HOSTILE_DEFAULTS: Readonly<Record<string, string>> = {
  default_transaction_isolation: `'repeatable read'`,
  default_transaction_read_only: 'on',
  bytea_output: `'escape'`,
  datestyle: `'SQL, DMY'`,
  intervalstyle: `'sql_standard'`,
  timezone: `'Asia/Kathmandu'`,
  standard_conforming_strings: 'off',
  extra_float_digits: '-10',
  array_nulls: 'off',
  transform_null_equals: 'on',
  search_path: `'pg_catalog'`,
  client_encoding: `'LATIN1'`,
  row_security: 'off',
  statement_timeout: '1',
  lock_timeout: '1',
  idle_in_transaction_session_timeout: '1',
  idle_session_timeout: '1',
};

describe('A database whose defaults are other ones', () => {
  let shop: Shop;
  let api: ApiClient;

  beforeAll(async () => {
    shop = await Shop.open();
    const [{ name }] = await shop.app.dataSource.query<[{ name: string }]>(`SELECT current_database() AS name`);
    for (const [setting, value] of Object.entries(HOSTILE_DEFAULTS)) {
      await shop.app.dataSource.query(`ALTER DATABASE ${name} SET ${setting} = ${value}`);
    }
    api = await shop.app.anotherInstance();
  });
  afterAll(() => shop.app.stop());

  const atOnce = (count: number, request: () => Promise<{ status: number }>) =>
    Promise.all(Array.from({ length: count }, request));

  it('takes twelve items that come at once', async () => {
    const { token } = await shop.customer();
    const { json } = await shop.createCart(token);
    const { sku } = await shop.product();
    const path = `/carts/${json.data.id}/items`;
    const answers = await atOnce(12, () => api.post(path, { sku, quantity: 1 }, { token }));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 201));
    const cart = await api.get(`/carts/${json.data.id}?include=items`, { token });
    expect(cart.json.included[0].attributes.quantity).toBe(12);
  });

  it('refuses nine wrong codes that come at once, counts each of them, and locks at the tenth', async () => {
    const { email } = await shop.customer();
    const login = await api.post('/access-tokens', { username: email, password: 'Harbor-Test-01!' });
    const token = login.json.data.attributes.accessToken as string;
    await api.post('/multi-factor-auth-type-activate', { type: 'email' }, { token });
    const code = wrongCode(mailedCode(shop.app.mailbox, email));
    const verify = () => api.post('/multi-factor-auth-type-verify', { type: 'email' }, { token, code });
    const answers = await Promise.all(Array.from({ length: 9 }, verify));
    expect(answers.map(outcome)).toEqual(Array.from({ length: 9 }, () => '403 5901'));
    expect(outcome(await verify())).toBe('403 5901');
    expect(outcome(await verify())).toBe('429 5911');
  });

  it('is ready, sends the mails that wait, and keeps moments and names as they are', async () => {
    const { email, customerReference, token } = await shop.customer({ lastName: 'Ødegård', dateOfBirth: '1990-02-01' });
    expect((await api.get('/health/ready')).json).toEqual({ status: 'ok' });
    const customer = await api.get(`/customers/${customerReference}`, { token });
    expect(customer.json.data.attributes).toMatchObject({ lastName: 'Ødegård', dateOfBirth: '1990-02-01' });
    expect(Math.abs(Date.parse(customer.json.data.attributes.createdAt) - Date.now())).toBeLessThan(60_000);
    expect((await api.post('/customer-forgotten-password', { email })).status).toBe(204);
    await shop.app.mailsSent();
    expect(shop.app.mailbox.mails.filter(({ to }) => to.includes(email))).toHaveLength(1);
  });
});
