import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Customer } from '#auth';
import { createCustomer, mailedCode, outcome, PASSWORD, startTestApp, type Answer, type TestApp } from '#testing';
import { createStorefront } from '../src/storefront.js';

const NEW = 'Brand-New-Pass-02!';

describe('PATCH /customer-password/{customerReference}', () => {
  let app: TestApp;
  let customer: Customer;
  let token: string;

  beforeAll(async () => {
    app = await startTestApp(createStorefront);
  });
  afterAll(() => app.stop());

  beforeEach(async () => {
    customer = await createCustomer(app.dataSource);
    token = await login(PASSWORD);
  });

  const login = async (password: string): Promise<string> =>
    (await app.api.post('/access-tokens', { username: customer.email, password })).json.data?.attributes.accessToken;
  const change = (attributes: object, reference = customer.customerReference, code?: string): Promise<Answer> =>
    app.api.patch(
      `/customer-password/${reference}`,
      { password: PASSWORD, newPassword: NEW, confirmPassword: NEW, ...attributes },
      { token, code },
    );
  const details = ({ json }: Answer): string[] => json.errors.map(({ detail }: { detail: string }) => detail);

  it('answers 204 with an empty body; the old password and all sessions are over', async () => {
    const other = await login(PASSWORD);
    const answer = await change({});
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([204, '', null]);
    for (const ended of [token, other]) {
      expect(outcome(await app.api.get('/multi-factor-auth-types', { token: ended }))).toBe('401 001');
    }
    expect(await login(PASSWORD)).toBeUndefined();
    expect(await login(NEW)).toEqual(expect.any(String));
  });

  it('asks for a token first, then for MFA, and only then looks at the body', async () => {
    const path = `/customer-password/${customer.customerReference}`;
    expect(outcome(await app.api.call('PATCH', path, { body: 'no json' }))).toBe('403 002');
    await app.api.post('/multi-factor-auth-type-activate', { type: 'email' }, { token });
    const code = mailedCode(app.mailbox, customer.email);
    await app.api.post('/multi-factor-auth-type-verify', { type: 'email' }, { token, code });
    expect(outcome(await app.api.call('PATCH', path, { body: 'no json', token }))).toBe('403 5900');
    expect(outcome(await app.api.call('PATCH', path, { body: 'no json', token, code }))).toBe(
      '400 Post data is invalid.',
    );
    expect(outcome(await app.api.call('PATCH', '/customer-password', { body: 'no json', token, code }))).toBe(
      '400 Post data is invalid.',
    );
  });

  it('names a missing id, a wrong type, and other methods', async () => {
    const body = { data: { type: 'customer-password', attributes: {} } };
    for (const path of ['/customer-password', '/customer-password/']) {
      expect(outcome(await app.api.call('PATCH', path, { body, token }))).toBe('400 Resource id is not specified.');
    }
    const wrong = { data: { type: 'customers', attributes: {} } };
    expect(outcome(await app.api.call('PATCH', '/customer-password/x', { body: wrong, token }))).toBe(
      '400 Invalid type.',
    );
    for (const method of ['GET', 'POST', 'DELETE', 'PUT']) {
      const answer = await app.api.call(method, '/customer-password/x', { token, ...(method !== 'GET' && { body }) });
      expect([answer.status, answer.json]).toEqual([404, { errors: [{ status: 404, detail: 'Not Found' }] }]);
    }
  });

  it('tolerates a trailing slash', async () => {
    expect((await change({}, `${customer.customerReference}/`)).status).toBe(204);
  });

  it('names every missing or blank field, whoever is addressed', async () => {
    const body = { data: { type: 'customer-password', attributes: {} } };
    const answer = await app.api.call('PATCH', '/customer-password/DE--nobody', { token, body });
    expect([answer.status, details(answer)]).toEqual([
      422,
      ['password', 'newPassword', 'confirmPassword'].map((field) => `${field} => This field is missing.`),
    ]);
    expect(details(await change({ password: null }))).toEqual(['password => This value should not be blank.']);
    expect(details(await change({ newPassword: '' }))).toEqual([
      'newPassword => This value should not be blank.',
      'newPassword => This value is too short. It should have 8 characters or more.',
      expect.stringMatching(/^newPassword => Your password must include/),
    ]);
  });

  it.each([
    ['Ab1!', /^newPassword => This value is too short\. It should have 8 characters or more\.$/],
    [`Ab1!${'x1'.repeat(63)}`, /^newPassword => This value is too long\. It should have 128 characters or less\.$/],
    [
      'alllowercase-01',
      /include at least one uppercase letter, one lowercase letter, one number, and one special character/,
    ],
    ['NO-LOWERCASE-01', /Your password must include/],
    ['No-Digits-Here!', /Your password must include/],
    ['NoSpecial0123', /Your password must include/],
    ['Ümlaut-Pass-01!', /Non-Latin and other special characters are not allowed\.$/],
    ['With Space-01!', /Your password must include/],
  ])('refuses the new password %s', async (newPassword, detail) => {
    const answer = await change({ newPassword });
    expect(answer.status).toBe(422);
    expect(answer.json.errors[0]).toEqual({ status: 422, code: '901', detail: expect.stringMatching(detail) });
  });

  it('refuses another customer before it compares the passwords', async () => {
    const stranger = await createCustomer(app.dataSource);
    const answer = await change({ confirmPassword: 'Other-Pass-02!' }, stranger.customerReference);
    expect(answer.json.errors).toEqual([{ status: 403, code: '411', detail: 'Unauthorized request.' }]);
  });

  it('refuses two new passwords that differ', async () => {
    const answer = await change({ confirmPassword: 'Other-Pass-02!' });
    expect(answer.json.errors).toEqual([
      {
        status: 422,
        code: '406',
        detail: 'Value in field newPassword should be identical to value in the confirmPassword field.',
      },
    ]);
  });

  it('refuses a wrong current password, and counts it against the login limit', async () => {
    const answer = await change({ password: 'Wrong-Pass-01!' });
    expect(answer.json.errors).toEqual([{ status: 400, code: '408', detail: 'Invalid password' }]);
    for (let n = 0; n < 9; n += 1) expect(outcome(await change({ password: 'Wrong-Pass-01!' }))).toBe('400 408');
    expect(outcome(await change({}))).toBe('429 4401');
    app.clock.advance(300);
    expect((await change({})).status).toBe(204);
  });

  it.each([
    ['Good-Passs-01!', '421', 'The password contains sequence of the same character.'],
    ['P@ssw0rd', '422', 'The password is listed as common.'],
    ['Password1!', '422', 'The password is listed as common.'],
  ])('refuses the weak password %s', async (weak, code, detail) => {
    const answer = await change({ newPassword: weak, confirmPassword: weak });
    expect(answer.json.errors).toEqual([{ status: 400, code, detail }]);
  });

  it('changes the password once when two changes with the same current password meet', async () => {
    const answers = await Promise.all([
      change({}),
      change({ newPassword: 'Second-Pass-03!', confirmPassword: 'Second-Pass-03!' }),
    ]);
    const results = answers.map(outcome).toSorted();
    expect(results[0]).toBe('204');
    expect(['400 408', '401 001']).toContain(results[1]);
  });

  it('uses the configured least length in its texts', async () => {
    const strict = await app.anotherInstance({ PASSWORD_MIN_LENGTH: '12' });
    const attributes = { password: PASSWORD, newPassword: 'Short-01!', confirmPassword: 'Short-01!' };
    const answer = await strict.patch(`/customer-password/${customer.customerReference}`, attributes, { token });
    expect(details(answer)).toEqual([
      'newPassword => This value is too short. It should have 12 characters or more.',
      'confirmPassword => This value is too short. It should have 12 characters or more.',
    ]);
  });
});
