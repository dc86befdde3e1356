import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiDescription, createCustomer, outcome, totpStep, totpValue, type Answer } from '#testing';
import { BackOffice, type Session } from './back-office.js';
import { storeFactor } from './stored-factors.js';

const REASON = 'Lost the phone; identity checked in person';
/** The protected write of each kind of user, where there is one, and what it answers behind the second factor. */
const WRITES = [
  ['back-office', 'POST', '/warehouse-user-assignments', '422 901'],
  ['administrator', 'POST', '/warehouse-user-assignments', '422 901'],
  ['agent', 'POST', '/warehouse-user-assignments', '422 901'],
  ['warehouse', 'PATCH', '/warehouse-user-assignments/0fbf1ccc-dca1-54e6-8f57-5ee43b0c0ab2', '404 5201'],
  ['merchant', undefined, '', ''],
  ['merchant-agent', undefined, '', ''],
] as const;

describe('An authenticator app in the backend', () => {
  let office: BackOffice;
  let admin: Session;
  let adminCode: string;

  beforeAll(async () => {
    office = await BackOffice.open();
    admin = await office.session('administrator');
    adminCode = await office.enableMfa(admin);
  });
  afterAll(() => office.app.stop());

  const call = (endpoint: string, token: string, code?: string, type = 'totp'): Promise<Answer> =>
    office.app.api.post(`/multi-factor-auth-${endpoint}`, { type }, { token, code });
  const asAdmin = (method: string, path: string, attributes?: object): Promise<Answer> => {
    const type = path.split('/').filter((part) => /^(mfa|multi)/.test(part))[0];
    const body = attributes && { data: { type, attributes } };
    return office.app.api.call(method, path, { token: admin.token, code: adminCode, ...(body && { body }) });
  };
  /** Sets it up, with a code of another method where one is active; @returns values of steps not used yet */
  async function setUp(token: string, code?: string): Promise<() => string> {
    const answer = await call('type-activate', token, code);
    expect([outcome(answer), answer.headers.get('content-type')]).toEqual(['201', 'application/vnd.api+json']);
    expect(answer.json.data).not.toHaveProperty('id');
    const { secret } = answer.json.data.attributes;
    const next = (): string => {
      office.app.clock.advance(30);
      return totpValue(secret, totpStep(office.app.clock.now()));
    };
    expect(outcome(await call('type-verify', token, next()))).toBe('204');
    return next;
  }
  const statuses = async (path: string): Promise<object> =>
    Object.fromEntries(
      (await asAdmin('GET', path)).json.data.map(({ attributes }: any) => [attributes.type, attributes.status]),
    );

  it.each(WRITES)('is set up, used and ended with the role %s', async (role, method, path, passed) => {
    const { user, token } = await office.session(role, { isWarehouseUser: role === 'warehouse' });
    const next = await setUp(token);
    const later = (await office.login(user.username)).token;
    if (method) {
      const body = { data: { type: path.split('/')[1], attributes: {} } };
      const write = async (code?: string): Promise<string> =>
        outcome(await office.app.api.call(method, path, { token: later, code, body }));
      expect([await write(), await write('000000')]).toEqual(['403 5900', '403 5901']);
      const value = next();
      expect([await write(value), await write(value)]).toEqual([passed, passed]);
    }
    expect(outcome(await call('trigger', later))).toBe('204');
    expect(outcome(await call('type-deactivate', later, next()))).toBe('204');
    expect(outcome(await call('trigger', later))).toBe('400 5906');
  });

  it('is what a policy may ask for: another method does not do, and the last one stays', async () => {
    const one = await office.session('back-office');
    const policy = { appliesTo: 'role', value: 'back-office', requiredFrom: '2020-01-01T00:00:00Z', methods: ['totp'] };
    const { id } = (await asAdmin('POST', '/mfa-policies', policy)).json.data;
    const write = async (code?: string): Promise<string> =>
      outcome(await office.app.api.post('/warehouse-user-assignments', {}, { token: one.token, code }));
    expect(await write()).toBe('403 5913');
    const byMail = await office.enableMfa(one);
    expect(await write(byMail)).toBe('403 5913');
    const next = await setUp(one.token, byMail);
    expect([await write(), await write(next())]).toEqual(['403 5900', '422 901']);
    expect(outcome(await call('type-deactivate', one.token, next()))).toBe('400 5903');
    expect((await asAdmin('DELETE', `/mfa-policies/${id}`)).status).toBe(204);
    expect(outcome(await call('type-deactivate', one.token, next()))).toBe('204');
  });

  it.each([[['recovery-code']], [['totp', 'recovery-code']]])('is no policy with the methods %j', async (methods) => {
    const policy = { appliesTo: 'customers', value: null, requiredFrom: '2099-01-01T00:00:00Z', methods };
    expect(outcome(await asAdmin('POST', '/mfa-policies', policy))).toBe('422 901');
  });

  it('is removed by an administrator, alone or with all other methods and the recovery codes', async () => {
    const one = await office.session('back-office');
    const path = `/users/${one.user.uuid}/multi-factor-auth-types`;
    const next = await setUp(one.token);
    const list = await call('type-activate', one.token, next(), 'recovery-code');
    await call('type-activate', one.token, next(), 'email');
    expect(list.json.data.attributes.codes).toHaveLength(10);
    expect(await statuses(path)).toEqual({ email: 1, totp: 2, 'recovery-code': 2 });
    expect(outcome(await asAdmin('DELETE', `${path}/recovery-code`, { reason: REASON }))).toBe('204');
    expect(await statuses(path)).toEqual({ email: 1, totp: 2, 'recovery-code': 0 });
    await call('type-activate', one.token, next(), 'recovery-code');
    expect(outcome(await asAdmin('DELETE', `${path}/totp`, { reason: REASON }))).toBe('204');
    expect(await statuses(path)).toMatchObject({ totp: 0, 'recovery-code': 0 });
    await call('type-activate', one.token, await office.enableMfa(one), 'recovery-code');
    expect(outcome(await asAdmin('DELETE', path, { reason: REASON }))).toBe('204');
    expect(await statuses(path)).toEqual({ email: 0, totp: 0, 'recovery-code': 0 });
    const customer = await createCustomer(office.app.dataSource);
    await storeFactor(office.app.dataSource, { kind: 'customer', id: customer.id }, { method: 'totp' });
    const theirs = `/customers/${customer.customerReference}/multi-factor-auth-types`;
    expect(await statuses(theirs)).toMatchObject({ totp: 2 });
    expect(outcome(await asAdmin('DELETE', `${theirs}/totp`, { reason: REASON }))).toBe('204');
    expect(await statuses(theirs)).toMatchObject({ totp: 0 });
  });

  it('is in the audit trail with its recovery codes, without any secret', async () => {
    const one = await office.session('back-office');
    const next = await setUp(one.token);
    await call('type-activate', one.token, next(), 'recovery-code');
    const list = await call('type-activate', one.token, next(), 'recovery-code');
    const [code] = list.json.data.attributes.codes as string[];
    await call('type-deactivate', one.token, code, 'recovery-code');
    const answer = await asAdmin('GET', `/audit-events?filter[audit-events.userUuid]=${one.user.uuid}`);
    const entries = answer.json.data.map(({ attributes }: any) =>
      [attributes.event, attributes.method, attributes.details?.remaining].filter((part) => part !== undefined),
    );
    expect(entries.toReversed()).toEqual([
      ['activation-begun', 'totp'],
      ['activated', 'totp'],
      ['accepted', 'totp'],
      ['activated', 'recovery-code', 10],
      ['accepted', 'totp'],
      ['renewed', 'recovery-code', 10],
      ['deactivated', 'recovery-code'],
      ['backup-used', 'recovery-code', 0],
    ]);
    expect(answer.text).not.toContain(code);
    const renewed = await asAdmin('GET', '/audit-events?filter[audit-events.event]=renewed');
    expect(renewed.json.data).not.toEqual([]);
  });

  it('is documented: activate hands out a secret', async () => {
    const description = await ApiDescription.of(office.app.api);
    const { responses } = description.operationOf('POST /multi-factor-auth-type-activate')!;
    const [content] = Object.values(responses['201']!.content!);
    expect(content!.example!.data).toEqual({
      type: 'multi-factor-auth-type-activate',
      attributes: expect.objectContaining({ secret: expect.any(String), expiresAt: expect.any(String) }),
      links: expect.any(Object),
    });
  });
});
