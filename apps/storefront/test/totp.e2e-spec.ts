import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompanyUser } from '#auth';
import { ApiDescription, mailsTo, outcome, totpStep, totpValue, type Answer } from '#testing';
import { Shop, type LoggedIn } from './shop.js';

/** What a protected write answers that passed the second factor: its empty document is looked at. */
const PASSED = '422 901';

/** Somebody with an authenticator app. */
interface Authenticated {
  /** A value of a step that was not used yet. */
  readonly next: () => string;
}

describe('An authenticator app on the storefront', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open({ MFA_TOTP_ISSUER: 'Harbor Supply' });
  });
  afterAll(() => shop.app.stop());

  const call = (endpoint: string, token: string, type = 'totp', code?: string): Promise<Answer> =>
    shop.app.api.post(`/multi-factor-auth-${endpoint}`, { type }, { token, code });
  const write = async ({ customerReference }: LoggedIn, token: string, code?: string): Promise<string> =>
    outcome(await shop.app.api.patch(`/customer-password/${customerReference}`, {}, { token, code }));

  async function setUp(token: string): Promise<Authenticated> {
    const answer = await call('type-activate', token);
    const { secret } = answer.json.data.attributes;
    const next = (): string => {
      shop.app.clock.advance(30);
      return totpValue(secret, totpStep(shop.app.clock.now()));
    };
    expect(outcome(await call('type-verify', token, 'totp', next()))).toBe('204');
    return { next };
  }

  it('is set up by a 201 with the shop’s issuer and the customer’s address, which nothing may keep', async () => {
    const { token, email } = await shop.customer();
    const { status, headers, json } = await call('type-activate', token);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      201,
      'application/vnd.api+json',
      'no-store',
    ]);
    expect(json.data).toMatchObject({ type: 'multi-factor-auth-type-activate', id: null });
    const { type, secret, uri, ...rest } = json.data.attributes;
    expect([type, Object.keys(rest).toSorted()]).toEqual(['totp', ['expiresAt', 'qrCode']]);
    expect(uri).toContain(`otpauth://totp/Harbor%20Supply:${encodeURIComponent(email)}?issuer=Harbor%20Supply&`);
    expect(shop.app.logged()).toContain('mfa.activation_begun');
    expect(shop.app.logged()).not.toContain(secret);
  });

  it('protects a customer, and the same person as a company user in the same session', async () => {
    const customer = await shop.customer();
    const { next } = await setUp(customer.token);
    const uuid = randomUUID();
    const companyUser = { uuid, customerId: customer.id, companyName: 'Harbor Supply GmbH' };
    await shop.app.dataSource.getRepository(CompanyUser).insert(companyUser);
    const { token } = customer;
    const chosen = await shop.app.api.post('/company-user-access-tokens', { idCompanyUser: uuid }, { token });
    const company = chosen.json.data.attributes.accessToken as string;
    expect([await write(customer, token), await write(customer, company)]).toEqual(['403 5900', '403 5900']);
    const value = next();
    expect([await write(customer, company, value), await write(customer, token, value)]).toEqual([PASSED, PASSED]);
    const later = await shop.login(customer.email);
    expect(await write(customer, later, value)).toBe('403 5901');
    expect(await write(customer, later, next())).toBe(PASSED);
  });

  it('is set up by a company user', async () => {
    const customer = await shop.customer();
    const uuid = randomUUID();
    const companyUser = { uuid, customerId: customer.id, companyName: 'Harbor Supply GmbH' };
    await shop.app.dataSource.getRepository(CompanyUser).insert(companyUser);
    const { token } = customer;
    const chosen = await shop.app.api.post('/company-user-access-tokens', { idCompanyUser: uuid }, { token });
    const { next } = await setUp(chosen.json.data.attributes.accessToken);
    expect([await write(customer, token), await write(customer, token, next())]).toEqual(['403 5900', PASSED]);
  });

  it('is an agent’s own, also where the agent acts for a customer who has one too', async () => {
    const [agent, customer] = [await shop.agent(), await shop.customer()];
    const theirs = await setUp(customer.token);
    const { customerReference } = customer;
    const impersonate = async (): Promise<string> => {
      const path = '/agent-customer-impersonation-access-tokens';
      const { json } = await shop.app.api.post(path, { customerReference }, { token: agent.token });
      return json.data.attributes.accessToken as string;
    };
    expect(await write(customer, await impersonate(), theirs.next())).toBe('403 5913');
    const own = await setUp(agent.token);
    const acting = await impersonate();
    expect(await write(customer, acting)).toBe('403 5900');
    expect(await write(customer, acting, theirs.next())).toBe('403 5901');
    expect(await write(customer, acting, own.next())).toBe(PASSED);
    expect(outcome(await call('trigger', agent.token))).toBe('204');
    expect(outcome(await call('type-deactivate', agent.token, 'totp', own.next()))).toBe('204');
    expect(outcome(await call('trigger', agent.token))).toBe('400 5906');
  });

  it('gets a list of recovery codes beside it, of which the customer is told by mail', async () => {
    const { token, email, ...customer } = await shop.customer();
    const { next } = await setUp(token);
    const make = async (): Promise<string[]> =>
      (await call('type-activate', token, 'recovery-code', next())).json.data.attributes.codes;
    await make();
    const codes = await make();
    expect(await write({ token, email, ...customer }, token, codes[0])).toBe(PASSED);
    expect(outcome(await call('type-deactivate', token, 'totp', codes[1]))).toBe('204');
    const subjects = (await mailsTo(shop.app, email)).map(({ subject }) => subject);
    expect(subjects.toSorted()).toEqual([
      'A recovery code of your account was used',
      'A recovery code of your account was used, and few are left',
      'Multi-factor authentication was switched off',
      'Multi-factor authentication was switched on',
      'New recovery codes for your account were made',
      'Recovery codes for your account were made',
    ]);
    for (const code of codes) expect(JSON.stringify(shop.app.mailbox.mails) + shop.app.logged()).not.toContain(code);
  });

  it('is documented: activate hands out a secret', async () => {
    const description = await ApiDescription.of(shop.app.api);
    const { responses } = description.operationOf('POST /multi-factor-auth-type-activate')!;
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['201', '204']));
    const [content] = Object.values(responses['201']!.content!);
    expect(content!.example!.data).toMatchObject({
      type: 'multi-factor-auth-type-activate',
      attributes: { type: expect.any(String), secret: expect.any(String), uri: expect.any(String) },
    });
  });
});
