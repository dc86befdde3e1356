import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailedKey, outcome, PASSWORD, trailOf, type Answer, type TrailEntry } from '#testing';
import { Shop, type LoggedIn } from './shop.js';

const NEW = 'Harbor-Again-02!';

describe('A change of what protects a customer', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());

  const trail = ({ id }: LoggedIn): Promise<TrailEntry[]> =>
    trailOf(shop.app.dataSource, { kind: 'customer', id }, 'address-changed', 'password-set', 'roles-changed');
  const sidOf = (token: string): string =>
    (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sid: string }).sid;
  const entryOf = (answer: Answer, event: string, { id }: LoggedIn, details: object | null): TrailEntry => ({
    event,
    actor: `customer ${id}`,
    reason: null,
    details,
    sessionId: null,
    requestId: answer.headers.get('x-request-id'),
    clientAddress: '127.0.0.1',
  });

  it.each([
    ['with', true],
    ['without', false],
  ])('is an entry %s MFA: another e-mail address, which the entry does not keep', async (_, isProtected) => {
    const customer = await shop.customer();
    const { token } = customer;
    const code = isProtected ? await shop.enableMfa(token, customer.email) : undefined;
    const path = `/customers/${customer.customerReference}`;
    const answer = await shop.app.api.patch(path, { email: `moved-${customer.email}` }, { token, code });
    expect(outcome(answer)).toBe('200');
    const entry = entryOf(answer, 'address-changed', customer, null);
    expect(await trail(customer)).toEqual([{ ...entry, sessionId: sidOf(token) }]);
    const codes = `SELECT FROM mfa_code WHERE account_kind = 'customer' AND account_id = $1`;
    expect(await shop.app.dataSource.query(codes, [customer.id])).toEqual([]);
  });

  it('is no entry where the address stays, or is somebody else’s', async () => {
    const [customer, other] = [await shop.customer(), await shop.customer()];
    const path = `/customers/${customer.customerReference}`;
    await shop.app.api.patch(path, { email: customer.email, firstName: 'Nele' }, customer);
    expect(outcome(await shop.app.api.patch(path, { email: other.email }, customer))).toBe('422 400');
    expect(await trail(customer)).toEqual([]);
  });

  it('is an entry when the password is changed with the current one', async () => {
    const customer = await shop.customer();
    const attributes = { password: PASSWORD, newPassword: NEW, confirmPassword: NEW };
    const answer = await shop.app.api.patch(`/customer-password/${customer.customerReference}`, attributes, customer);
    expect(outcome(answer)).toBe('204');
    const entry = entryOf(answer, 'password-set', customer, { by: 'change' });
    expect(await trail(customer)).toEqual([{ ...entry, sessionId: sidOf(customer.token) }]);
  });

  it('is an entry when a new password is set with a mailed key, in no session', async () => {
    const customer = await shop.customer();
    await shop.app.api.post('/customer-forgotten-password', { email: customer.email });
    const restorePasswordKey = await mailedKey(shop.app, customer.email);
    const attributes = { restorePasswordKey, password: NEW, confirmPassword: NEW };
    const answer = await shop.app.api.patch('/customer-restore-password/x', attributes);
    expect(outcome(answer)).toBe('204');
    expect(await trail(customer)).toEqual([entryOf(answer, 'password-set', customer, { by: 'restore' })]);
  });

  it('names the agent where one acts for the customer', async () => {
    const [customer, agent] = [await shop.customer(), await shop.agent()];
    const { customerReference } = customer;
    const path = '/agent-customer-impersonation-access-tokens';
    const { json } = await shop.app.api.post(path, { customerReference }, agent);
    const attributes = { password: PASSWORD, newPassword: NEW, confirmPassword: NEW };
    const token = json.data.attributes.accessToken as string;
    const answer = await shop.app.api.patch(`/customer-password/${customerReference}`, attributes, { token });
    expect(outcome(answer)).toBe('204');
    expect((await trail(customer)).map(({ event, actor }) => [event, actor])).toEqual([
      ['password-set', `user ${agent.id}`],
    ]);
  });
});
