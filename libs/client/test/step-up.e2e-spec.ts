import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { orderOf, storeCart } from '../../../apps/storefront/test/ordering.js';
import { Shop } from '../../../apps/storefront/test/shop.js';
import { SalesOrder } from '../../../apps/storefront/src/orders/sales-order.entity.js';
import { mailedCode, totpStep, totpValue, wrongCode } from '../../testing/src/index.js';
import { ApiError, StepUpCancelled } from '../src/index.js';
import { FrontEnd } from './front-end.js';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.app.stop());

const statuses = (responses: readonly Response[]): number[] => responses.map(({ status }) => status);
const json = (response: Response): Promise<any> => response.json();
const codeOf = async (response: Response): Promise<string> => (await json(response)).errors[0].code as string;
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Somebody who mistypes the first `count` codes. */
const clumsy = (count: number): Promise<FrontEnd> => {
  const front: Promise<FrontEnd> = FrontEnd.protected(shop, async (prompt) => {
    const code = await (await front).readMail(prompt);
    return prompt.attempt > count ? code : wrongCode(code);
  });
  return front;
};

describe('A write that needs a code', () => {
  it('asks for it once, with the active methods, and is sent again with it', async () => {
    const front = await FrontEnd.protected(shop);
    const response = await front.addAddress();
    expect([response.status, (await json(response)).data.attributes.city]).toEqual([201, 'Hamburg']);
    expect(front.prompts).toMatchObject([{ methods: ['email'], attempt: 1, error: undefined }]);
  });

  it('asks nothing of somebody without a second factor', async () => {
    const front = new FrontEnd(shop, await shop.customer());
    expect(statuses(await front.addAddresses(2))).toEqual([201, 201]);
    expect([front.prompts, front.codes()]).toEqual([[], [null, null]]);
  });

  it('asks again after a mistyped code, and says why', async () => {
    const front = await clumsy(1);
    expect((await front.addAddress()).status).toBe(201);
    expect(front.prompts.map(({ attempt, error }) => [attempt, error?.code])).toEqual([
      [1, undefined],
      [2, '5901'],
    ]);
  });

  it('takes a pasted code with blanks and invisible characters', async () => {
    const front = await FrontEnd.protected(shop, async (prompt) => `\u200b ${await front.readMail(prompt)}\u00a0\n`);
    expect([(await front.addAddress()).status, await front.misses()]).toEqual([201, 0]);
  });

  it('is refused in the end with the answer of the API, when the prompts are used up', async () => {
    const front = await clumsy(9);
    const response = await front.addAddress();
    expect([response.status, await codeOf(response)]).toEqual([403, '5901']);
    expect([front.prompts.length, await front.misses()]).toEqual([3, 3]);
  });

  it('prompts as often as the application says', async () => {
    const front = await FrontEnd.protected(shop, () => '000', { maxPrompts: 1 });
    expect([await codeOf(await front.addAddress()), front.prompts.length]).toEqual(['5901', 1]);
  });

  it('takes a value of an authenticator app', async () => {
    const customer = await shop.customer();
    const { token } = customer;
    const activated = await shop.app.api.post('/multi-factor-auth-type-activate', { type: 'totp' }, { token });
    const next = (): string => {
      shop.app.clock.advance(30);
      return totpValue(activated.json.data.attributes.secret, totpStep(shop.app.clock.now()));
    };
    await shop.app.api.post('/multi-factor-auth-type-verify', { type: 'totp' }, { token, code: next() });
    const front = new FrontEnd(shop, customer, next);
    expect(statuses(await front.addAddresses(3))).toEqual([201, 201, 201]);
    expect(front.prompts).toMatchObject([{ methods: ['totp'] }]);
  });
});

describe('Requests at the same time', () => {
  it('are one prompt, and of a mistyped code one miss', async () => {
    const front = await clumsy(1);
    expect(statuses(await front.addAddresses(5))).toEqual([201, 201, 201, 201, 201]);
    expect([front.prompts.length, await front.misses()]).toEqual([2, 1]);
  });

  it('are refused together when the prompts are used up', async () => {
    const front = await clumsy(9);
    expect(statuses(await front.addAddresses(5))).toEqual([403, 403, 403, 403, 403]);
    expect([front.prompts.length, await front.misses()]).toEqual([3, 3]);
  });

  it('are refused, and open no prompt, where they were under way when the prompts were used up', async () => {
    const front = await FrontEnd.protected(shop, () => '000', { maxPrompts: 1 });
    let arrive: (() => void) | undefined;
    front.gate = () => {
      front.gate = () => undefined;
      return new Promise<void>((resolve) => {
        arrive = resolve;
      });
    };
    const late = front.addAddress();
    await vi.waitUntil(() => arrive, { timeout: 10_000 });
    expect(await codeOf(await front.addAddress())).toBe('5901');
    arrive?.();
    expect([await codeOf(await late), front.prompts.length]).toEqual(['5900', 1]);
    expect([await codeOf(await front.addAddress()), front.prompts.length]).toEqual(['5901', 2]);
  });

  it('do not wait for the prompt where they need no code', async () => {
    const front = await FrontEnd.protected(shop, async (prompt) => {
      const login = { username: front.customer.email, password: 'wrong' };
      expect((await front.call('POST', 'access-tokens', login)).status).toBe(401);
      return front.readMail(prompt);
    });
    expect((await front.addAddress()).status).toBe(201);
  });

  it('try a remembered value one after the other where it was not accepted for certain', async () => {
    const front = await FrontEnd.protected(shop);
    const write = () => front.call('POST', `customers/${front.customer.customerReference}/addresses`, {});
    expect(statuses(await Promise.all([write(), write(), write()]))).toEqual([422, 422, 422]);
    expect(front.prompts).toHaveLength(1);
  });
});

describe('An accepted value', () => {
  it('goes with later writes at once, and never with a read', async () => {
    const front = await FrontEnd.protected(shop);
    await front.addAddress();
    const code = mailedCode(shop.app.mailbox, front.customer.email);
    front.sent.length = 0;
    const { customerReference } = front.customer;
    expect(statuses(await front.addAddresses(3))).toEqual([201, 201, 201]);
    expect((await front.call('PATCH', `customers/${customerReference}`, { firstName: 'Nele' })).status).toBe(200);
    expect((await front.fetch(`customers/${customerReference}`)).status).toBe(200);
    expect([front.prompts.length, front.codes()]).toEqual([1, [code, code, code, code, null]]);
  });

  it('is asked for once when a login elsewhere has voided it, and is one miss then', async () => {
    const front = await FrontEnd.protected(shop);
    await front.addAddress();
    await shop.login(front.customer.email);
    expect(statuses(await front.addAddresses(5))).toEqual([201, 201, 201, 201, 201]);
    expect(front.prompts.map(({ attempt, error }) => [attempt, error])).toEqual([
      [1, undefined],
      [1, undefined],
    ]);
    expect(await front.misses()).toBe(1);
  });

  it('is one miss where requests of a known and of an unknown kind find out at the same time that it is void', async () => {
    const front = await FrontEnd.protected(shop);
    const { customerReference } = front.customer;
    const rename = () => front.call('PATCH', `customers/${customerReference}`, { firstName: 'Nele' });
    expect((await rename()).status).toBe(200);
    await shop.login(front.customer.email);
    expect(statuses(await Promise.all([front.addAddress(), rename()]))).toEqual([201, 200]);
    expect([front.prompts.length, await front.misses()]).toEqual([2, 1]);
  });

  it('is kept while requests of another login go in between', async () => {
    const [other, customer] = [await shop.customer(), await shop.customer()];
    await shop.enableMfa(customer.token, customer.email);
    let { token } = customer;
    const authorization = () => `Bearer ${token}`;
    const front: FrontEnd = new FrontEnd(shop, customer, (prompt) => front.readMail(prompt), { authorization });
    await front.addAddress();
    ({ token } = other);
    expect((await front.fetch(`customers/${other.customerReference}`)).status).toBe(200);
    ({ token } = customer);
    expect([(await front.addAddress()).status, front.prompts.length]).toEqual([201, 1]);
  });

  it('stays good with a refreshed token, and does not go along with the token of another login', async () => {
    const customer = await shop.customer();
    await shop.enableMfa(customer.token, customer.email);
    const login = async (path: string, attributes: object) =>
      (await shop.app.api.post(path, attributes)).json.data.attributes as { accessToken: string; refreshToken: string };
    const first = await login('/access-tokens', { username: customer.email, password: 'Harbor-Test-01!' });
    let { accessToken } = first;
    const authorization = async () => `Bearer ${accessToken}`;
    const front: FrontEnd = new FrontEnd(shop, customer, (prompt) => front.readMail(prompt), { authorization });
    await front.addAddress();
    ({ accessToken } = await login('/refresh-tokens', { refreshToken: first.refreshToken }));
    expect([(await front.addAddress()).status, front.prompts.length]).toEqual([201, 1]);
    accessToken = await shop.login(customer.email);
    expect([(await front.addAddress()).status, front.prompts.length, await front.misses()]).toEqual([201, 2, 0]);
  });

  it('is not used for what somebody else asked for who has logged out meanwhile', async () => {
    const other = await shop.customer();
    let token = '';
    const front: FrontEnd = await FrontEnd.protected(
      shop,
      async (prompt) => {
        const code = await front.readMail(prompt);
        ({ token } = other);
        return code;
      },
      { authorization: () => `Bearer ${token}` },
    );
    ({ token } = front.customer);
    expect(await failure(front.addAddress())).toBeInstanceOf(StepUpCancelled);
    expect(front.sent.filter(({ headers }) => headers.get('authorization') === `Bearer ${other.token}`)).toEqual([]);
  });
});

describe('What a person can do no more', () => {
  it('is told with the seconds to wait when MFA of the account is locked', async () => {
    const front = await FrontEnd.protected(shop, () => '000');
    const { token } = front.customer;
    for (let miss = 0; miss < 10; miss += 1) {
      await shop.app.api.post('/carts', {}, { token, code: 'wrong' });
    }
    const errors = await Promise.all([failure(front.addAddress()), failure(front.addAddress())]);
    expect(errors).toEqual([expect.any(ApiError), expect.any(ApiError)]);
    expect(errors[0]).toMatchObject({ status: 429, code: '5911', retryAfter: 1800 });
  });

  it('is told by trigger with the seconds to wait when codes were asked for too often', async () => {
    const front = await FrontEnd.protected(shop, async ({ trigger }) => {
      for (let send = 0; send < 5; send += 1) await trigger('email');
      return undefined;
    });
    const error = await failure(front.addAddress());
    expect(error).toBeInstanceOf(StepUpCancelled);
    const cause = { name: 'ApiError', status: 429, code: '5912', message: 'A code was requested too often.' };
    expect((error as StepUpCancelled).cause).toMatchObject({ ...cause, retryAfter: 60 });
  });

  it('is told by trigger of a method that is not active', async () => {
    const front = await FrontEnd.protected(shop, ({ trigger }) => trigger('totp') as Promise<undefined>);
    expect(await failure(front.addAddress())).toMatchObject({ cause: { status: 400, code: '5906' } });
  });
});

describe('An account that must have a second factor', () => {
  const requirePolicy = () =>
    shop.app.dataSource.query(`
      INSERT INTO step_up_policy (uuid, applies_to, required_from, methods, created_at, updated_at)
      VALUES (gen_random_uuid(), 'customers', '2020-01-01', '{email}', now(), now())`);
  const lift = (): Promise<void> => shop.app.dataSource.query('DELETE FROM step_up_policy');

  it('gets the answer of the API where the application sets nothing up', async () => {
    await requirePolicy();
    try {
      const front = new FrontEnd(shop, await shop.customer());
      expect([await codeOf(await front.addAddress()), front.prompts, front.sent.length]).toEqual(['5913', [], 1]);
    } finally {
      await lift();
    }
  });

  it('is set up once for all requests that wait, and goes on with the code of the set-up', async () => {
    const customer = await shop.customer();
    let setUps = 0;
    const front: FrontEnd = new FrontEnd(shop, customer, undefined, {
      setUp: async ({ error }) => {
        setUps += 1;
        expect(error.code).toBe('5913');
        expect((await front.call('POST', 'multi-factor-auth-type-activate', { type: 'email' })).status).toBe(204);
        const headers = { 'X-MFA-Code': mailedCode(shop.app.mailbox, customer.email) };
        await front.call('POST', 'multi-factor-auth-type-verify', { type: 'email' }, { headers });
      },
    });
    await requirePolicy();
    try {
      expect(statuses(await front.addAddresses(3))).toEqual([201, 201, 201]);
    } finally {
      await lift();
    }
    expect([setUps, front.prompts.length, await front.misses()]).toEqual([1, 0, 0]);
  });

  it('is not asked again where the demand for a set-up arrives after it', async () => {
    let setUps = 0;
    let isOver: (() => void) | undefined;
    const over = new Promise<void>((resolve) => {
      isOver = resolve;
    });
    const setUp = () => {
      setUps += 1;
      return lift();
    };
    const front = new FrontEnd(shop, await shop.customer(), undefined, { setUp });
    await requirePolicy();
    front.delay = (_request, { status }) => {
      if (status !== 403) return undefined;
      front.delay = () => undefined;
      return over;
    };
    const late = front.addAddress();
    await vi.waitUntil(() => front.sent.length === 1, { timeout: 10_000 });
    const first = await front.addAddress();
    isOver?.();
    expect([first.status, (await late).status, setUps]).toEqual([201, 201, 1]);
  });

  it('is asked once for the set-up, and gets the refusal where it is still missing', async () => {
    let setUps = 0;
    const front = new FrontEnd(shop, await shop.customer(), undefined, { setUp: () => void (setUps += 1) });
    await requirePolicy();
    try {
      expect([await codeOf(await front.addAddress()), setUps]).toEqual(['5913', 1]);
    } finally {
      await lift();
    }
  });

  it('cancels all that wait when the set-up is given up', async () => {
    const given = { setUp: () => Promise.reject(new Error('closed')) };
    const front = new FrontEnd(shop, await shop.customer(), undefined, given);
    await requirePolicy();
    try {
      const errors = await Promise.all([failure(front.addAddress()), failure(front.addAddress())]);
      expect(errors).toEqual([expect.any(StepUpCancelled), expect.any(StepUpCancelled)]);
    } finally {
      await lift();
    }
  });
});

describe('The endpoints of MFA', () => {
  it('ask for a code of an active method before a further one, also of an agent in a header of its own', async () => {
    const agent = await shop.agent();
    await shop.enableMfa(agent.token, agent.username);
    const who = { id: agent.uuid, email: agent.username, customerReference: '', token: agent.token };
    const front: FrontEnd = new FrontEnd(shop, who, (prompt) => front.readMail(prompt), {
      authorization: () => undefined,
    });
    const headers = { 'X-Agent-Authorization': `Bearer ${agent.token}` };
    const response = await front.call('POST', 'multi-factor-auth-type-activate', { type: 'totp' }, { headers });
    expect([response.status, front.prompts.length]).toEqual([201, 1]);
  });

  it('get no remembered value for verify and deactivate: a wrong one there would be a miss', async () => {
    const front = await FrontEnd.protected(shop);
    await front.addAddress();
    for (const endpoint of ['type-verify', 'type-deactivate']) {
      expect(await codeOf(await front.call('POST', `multi-factor-auth-${endpoint}`, { type: 'email' }))).toBe('5900');
    }
    expect([front.prompts.length, await front.misses()]).toEqual([1, 0]);
  });

  it('end the remembered value with the method', async () => {
    const front = await FrontEnd.protected(shop);
    await front.addAddress();
    const headers = { 'X-MFA-Code': mailedCode(shop.app.mailbox, front.customer.email) };
    await front.call('POST', 'multi-factor-auth-type-deactivate', { type: 'email' }, { headers });
    front.sent.length = 0;
    expect([(await front.addAddress()).status, front.codes()]).toEqual([201, [null]]);
  });
});

describe('A checkout', () => {
  it('is one order under one key, however often it is sent', async () => {
    const front = await FrontEnd.protected(shop);
    const idCart = await storeCart(shop.app.dataSource, front.customer, [await shop.product()]);
    const response = await front.call('POST', 'checkout', orderOf(idCart));
    const order = await json(response);
    expect(response.status).toBe(201);
    const keys = front.sent
      .filter(({ url }) => url.endsWith('/checkout'))
      .map(({ headers }) => headers.get('idempotency-key')!);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
    const code = front.codes().at(-1)!;
    const { token } = front.customer;
    const headers = { 'idempotency-key': keys[0]! };
    const again = await shop.app.api.post('/checkout', orderOf(idCart), { token, code, headers });
    expect(again.json).toEqual(order);
    expect(await shop.app.dataSource.manager.countBy(SalesOrder, { customerId: front.customer.id })).toBe(1);
  });

  it('keeps a key that the application gave', async () => {
    const front = await FrontEnd.protected(shop);
    await front.call('POST', 'checkout', {}, { headers: { 'Idempotency-Key': 'mine' } });
    const keys = front.sent.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).toEqual(['mine', null, null, 'mine']);
  });
});
