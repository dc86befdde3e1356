import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, mailedKey, outcome, PASSWORD, startTestApp, type ApiClient, type TestApp } from '#testing';
import { createStorefront } from '../src/storefront.js';

const NEW = 'Brand-New-Pass-02!';

describe('The address of a client', () => {
  let app: TestApp;
  let behindProxy: ApiClient;

  beforeAll(async () => {
    app = await startTestApp(createStorefront, { TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' });
    behindProxy = app.api;
  });
  afterAll(() => app.stop());

  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
  const guess = async (username: string, address: string, password = 'wrong'): Promise<number> =>
    (await behindProxy.post('/access-tokens', { username, password }, from(address))).status;

  /** The statuses of wrong passwords for one account, one from each address. */
  const guesses = async (addresses: readonly string[]): Promise<number[]> => {
    const { email } = await createCustomer(app.dataSource);
    const statuses = [];
    for (const address of addresses) statuses.push(await guess(email, address));
    return statuses;
  };
  const spelled = (count: number, spell: (n: number) => string): string[] =>
    Array.from({ length: count }, (_, n) => spell(n));
  const blockedAfterTen = [...Array<number>(10).fill(401), ...Array<number>(15).fill(429)];

  it.each<[how: string, spell: (n: number) => string]>([
    ['with another port each time', (n) => `203.0.113.51:${40_000 + n}`],
    ['as IPv4 within IPv6', (n) => (n % 2 ? '::ffff:203.0.113.52' : '[::FFFF:cb00:7134]:443')],
    [
      'as other spellings of IPv6',
      (n) => ['2001:db8::1', '2001:DB8:0:0::1', '[2001:db8::1]:80', '2001:db8::1%a'][n % 4]!,
    ],
    ['as other addresses of one IPv6 network', (n) => `2001:db8:7:7::${n + 1}`],
    ['as junk, a new one each time', (n) => `client-${n}`],
    ['in front of trusted proxies, written in any way', (n) => `203.0.113.53, 10.0.0.9:${n}, ::ffff:10.1.1.1`],
  ])('is one for the login limit, written %s', async (_how, spell) => {
    expect(await guesses(spelled(25, spell))).toEqual(blockedAfterTen);
  });

  it('is another one for other addresses and networks', async () => {
    expect(await guesses(spelled(25, (n) => `203.0.113.${n + 60}`))).toEqual(Array(25).fill(401));
    expect(await guesses(spelled(25, (n) => `2001:db8:0:${n}::1`))).toEqual(Array(25).fill(401));
  });

  it('is not believed of whoever is no trusted proxy', async () => {
    const direct = await app.anotherInstance({ TRUSTED_PROXIES: '192.0.2.1' });
    const { email } = await createCustomer(app.dataSource);
    const statuses = [];
    for (const address of spelled(12, (n) => `198.51.100.${n}`)) {
      statuses.push((await direct.post('/access-tokens', { username: email, password: 'x' }, from(address))).status);
    }
    expect(statuses.slice(-2)).toEqual([429, 429]);
  });

  it.each([
    ['203.0.113.70:5060', '203.0.113.70'],
    ['::ffff:203.0.113.71', '203.0.113.71'],
    ['[2001:DB8::00:5]:443', '2001:db8::5'],
    ['<script>', 'unknown'],
  ])('written as %s is %s in the audit trail and in the log', async (written, address) => {
    const { email, customerReference, id } = await createCustomer(app.dataSource);
    const login = await behindProxy.post('/access-tokens', { username: email, password: PASSWORD }, from(written));
    const token = login.json.data.attributes.accessToken as string;
    const attributes = { password: PASSWORD, newPassword: NEW, confirmPassword: NEW };
    const changed = await behindProxy.patch(`/customer-password/${customerReference}`, attributes, {
      token,
      ...from(written),
    });
    expect(outcome(changed)).toBe('204');
    await behindProxy.post('/customer-forgotten-password', { email }, from(written));
    const restorePasswordKey = await mailedKey(app, email);
    const restored = { restorePasswordKey, password: PASSWORD, confirmPassword: PASSWORD };
    await behindProxy.patch('/customer-restore-password/mine', restored, from(written));
    const entries = await app.dataSource.query<{ client_address: string }[]>(
      `SELECT client_address FROM mfa_audit_event WHERE account_id = $1`,
      [id],
    );
    expect(entries.map((entry) => entry.client_address)).toEqual([address, address]);
    expect(app.logged()).toContain(`"clientAddress":"${address}"`);
    expect(app.logged()).not.toContain(`"clientAddress":"${written}"`);
  });
});
