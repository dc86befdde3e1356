import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '#auth';
import { createCustomer, mailedCode, outcome, PASSWORD, startTestApp, wrongCode, type TestApp } from '#testing';
import { createStorefront } from '../src/storefront.js';

describe('The story of a stolen password on the storefront', () => {
  let app: TestApp;
  let customer: Customer;
  let owner: string;
  let password = PASSWORD;

  const login = async (): Promise<string> => {
    const answer = await app.api.post('/access-tokens', { username: customer.email, password });
    expect(answer.status).toBe(201);
    return answer.json.data.attributes.accessToken as string;
  };
  const changePassword = async (token: string, code: string | undefined, current: string, next: string) =>
    app.api.patch(
      `/customer-password/${customer.customerReference}`,
      { password: current, newPassword: next, confirmPassword: next },
      { token, code },
    );
  const mfa = (endpoint: string, token: string, code?: string) =>
    app.api.post(`/multi-factor-auth-${endpoint}`, { type: 'email' }, { token, code });
  const status = async (token: string): Promise<number> =>
    (await app.api.get('/multi-factor-auth-types', { token })).json.data[0].attributes.status as number;

  beforeAll(async () => {
    app = await startTestApp(createStorefront);
    customer = await createCustomer(app.dataSource);
  });
  afterAll(() => app.stop());

  it('lets a customer without MFA change the password without any code', async () => {
    owner = await login();
    expect(await status(owner)).toBe(0);
    expect(outcome(await changePassword(owner, undefined, PASSWORD, 'Harbor-Test-02!'))).toBe('204');
    expect(outcome(await app.api.get('/multi-factor-auth-types', { token: owner }))).toBe('401 001');
    password = 'Harbor-Test-02!';
  });

  it('sets the e-mail method up with the mailed code alone', async () => {
    owner = await login();
    expect(outcome(await mfa('type-activate', owner))).toBe('204');
    expect(await status(owner)).toBe(1);
    const code = mailedCode(app.mailbox, customer.email);
    expect(outcome(await mfa('type-verify', owner, wrongCode(code)))).toBe('403 5901');
    expect(outcome(await mfa('type-verify', owner, code))).toBe('204');
    expect(await status(owner)).toBe(2);
  });

  it('stops a thief who knows the password, and voids an outstanding code with the third wrong guess', async () => {
    const thief = await login();
    expect(outcome(await changePassword(thief, undefined, password, 'Thief-Test-01!'))).toBe('403 5900');
    expect(outcome(await mfa('trigger', owner))).toBe('204');
    const code = mailedCode(app.mailbox, customer.email);
    for (let guess = 0; guess < 3; guess += 1) {
      expect(outcome(await changePassword(thief, wrongCode(code), password, 'Thief-Test-01!'))).toBe('403 5901');
    }
    expect(outcome(await changePassword(owner, code, password, 'Harbor-Test-03!'))).toBe('403 5901');
  });

  it('lets the owner act again and again with one code in one session, and nobody in another', async () => {
    const thief = await login();
    owner = await login();
    expect(outcome(await mfa('trigger', owner))).toBe('204');
    const code = mailedCode(app.mailbox, customer.email);
    expect(outcome(await changePassword(owner, code, 'Wrong-Test-01!', 'Harbor-Test-03!'))).toBe('400 408');
    expect(outcome(await changePassword(thief, code, password, 'Thief-Test-01!'))).toBe('403 5901');
    expect(outcome(await changePassword(owner, code, password, 'Harbor-Test-03!'))).toBe('204');
    password = 'Harbor-Test-03!';
  });

  it('frees protected actions again when the method is deactivated with a code', async () => {
    owner = await login();
    expect(outcome(await mfa('trigger', owner))).toBe('204');
    expect(outcome(await mfa('type-deactivate', owner, mailedCode(app.mailbox, customer.email)))).toBe('204');
    expect(await status(owner)).toBe(0);
    expect(outcome(await changePassword(owner, undefined, password, 'Harbor-Test-04!'))).toBe('204');
  });

  it('leaves log events of what became of each action, without any code', () => {
    const events = app
      .logged()
      .split('\n')
      .filter((line) => line.includes('"event":"mfa.'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const passed = events.filter(({ event }) => event === 'mfa.step_up_passed');
    expect(passed.map((event) => [event['outcome'], event['reused']])).toEqual([
      ['failed', false],
      ['succeeded', true],
    ]);
    const whose = { accountKind: 'customer', accountId: customer.id, requestId: expect.any(String) };
    for (const event of events) expect(event).toMatchObject(whose);
    const codes = app.mailbox.mails.flatMap(({ text }) => /^\d{6}$/m.exec(text)?.[0] ?? []);
    expect(codes).toHaveLength(4);
    for (const code of codes)
      expect(events.map((event) => JSON.stringify({ ...event, requestId: '', time: '' })).join()).not.toContain(code);
  });
});
