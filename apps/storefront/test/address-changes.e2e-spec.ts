import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Customer } from '#auth';
import { createCustomer, mailsTo, outcome, type Answer, type ApiClient } from '#testing';
import { errorsOf, Shop, type LoggedIn } from './shop.js';

const TOO_OFTEN = ['429 The e-mail address was changed too often.'];
const HOUR = 60 * 60;

describe('The e-mail address of a customer', () => {
  let shop: Shop;
  let ada: LoggedIn;
  let token: string;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());
  beforeEach(async () => {
    ada = await shop.customer();
    token = ada.token;
  });

  const change = (attributes: object, api: ApiClient = shop.app.api): Promise<Answer> =>
    api.patch(`/customers/${ada.customerReference}`, attributes, { token });
  const move = (n: number, api?: ApiClient): Promise<Answer> => change({ email: `${n}-${ada.email}` }, api);
  const moves = async (numbers: readonly number[]): Promise<string[]> => {
    const outcomes: string[] = [];
    for (const n of numbers) outcomes.push(outcome(await move(n)));
    return outcomes;
  };
  const stored = () => shop.app.dataSource.getRepository(Customer).findOneByOrFail({ id: ada.id });
  /** Later, by a token of then: those of before may be over. */
  const wait = async (seconds: number): Promise<void> => {
    shop.app.clock.advance(seconds);
    token = await shop.login((await stored()).email);
  };
  const trail = async (): Promise<number> => {
    const sql = `SELECT count(*)::int AS n FROM mfa_audit_event WHERE account_id = $1 AND event = 'address-changed'`;
    return (await shop.app.dataSource.query(sql, [ada.id]))[0].n;
  };

  it('can be changed five times in 24 hours; the sixth change touches nothing and sends nothing', async () => {
    expect(await moves([1, 2, 3, 4, 5])).toEqual(Array(5).fill('200'));
    const before = await stored();
    const path = `/customers/${ada.customerReference}`;
    const attributes = { email: `6-${ada.email}`, firstName: 'Eve' };
    const refused = await shop.app.api.patch(path, attributes, { token, headers: { 'idempotency-key': 'sixth' } });
    expect(await shop.app.dataSource.query('SELECT FROM idempotency_record')).toEqual([]);
    expect([refused.status, errorsOf(refused)]).toEqual([429, TOO_OFTEN]);
    expect(refused.headers.get('retry-after')).toBe(String(24 * HOUR));
    expect(await stored()).toEqual(before);
    expect([await trail(), await mailsTo(shop.app, before.email)]).toEqual([5, []]);
    expect(outcome(await change({ email: before.email, firstName: 'Eve' }))).toBe('200');
    expect((await stored()).firstName).toBe('Eve');
  });

  it('says nothing of the address that is wanted when there is no change left', async () => {
    const ben = await createCustomer(shop.app.dataSource);
    await moves([1, 2, 3, 4, 5]);
    expect(errorsOf(await change({ email: ben.email }))).toEqual(TOO_OFTEN);
    expect(await mailsTo(shop.app, ben.email)).toEqual([]);
  });

  it('is changed no more than five times in any 24 hours, whenever they begin', async () => {
    expect(await moves([1, 2])).toEqual(['200', '200']);
    await wait(12 * HOUR);
    expect(await moves([3, 4, 5, 6])).toEqual(['200', '200', '200', '429 The e-mail address was changed too often.']);
    const refused = await move(6);
    expect(refused.headers.get('retry-after')).toBe(String(12 * HOUR));
    await wait(12 * HOUR - 1);
    expect((await move(6)).headers.get('retry-after')).toBe('1');
    await wait(1);
    expect(await moves([6, 7, 8])).toEqual(['200', '200', '429 The e-mail address was changed too often.']);
    await wait(12 * HOUR);
    expect((await moves([9, 10, 11, 12])).map((one) => one.slice(0, 3))).toEqual(['200', '200', '200', '429']);
  });

  it('is not changed by its present value, so that does not count', async () => {
    for (let n = 0; n < 6; n += 1) {
      expect(outcome(await change({ email: ada.email, firstName: `Ada ${n}` }))).toBe('200');
    }
    expect(await moves([1, 2, 3, 4, 5])).toEqual(Array(5).fill('200'));
  });

  it('can be tried five times in 24 hours: an address that is in use counts, and the sixth try does not tell', async () => {
    const ben = await createCustomer(shop.app.dataSource);
    expect(await moves([1, 2])).toEqual(['200', '200']);
    const before = await stored();
    for (let n = 0; n < 3; n += 1)
      expect(outcome(await change({ email: ben.email, firstName: 'Eve' }))).toBe('422 400');
    const { emailChangedAt, ...rest } = await stored();
    expect([{ ...rest, emailChangedAt: before.emailChangedAt }, emailChangedAt.length]).toEqual([before, 5]);
    const refused = await change({ email: ben.email });
    expect([errorsOf(refused), refused.headers.get('retry-after')]).toEqual([TOO_OFTEN, String(24 * HOUR)]);
    expect(await moves([3])).toEqual(['429 The e-mail address was changed too often.']);
    expect(await trail()).toBe(2);
  });

  it('is looked up no more than five times by twelve tries of addresses in use at once over two instances', async () => {
    const taken = await Promise.all(Array.from({ length: 12 }, () => createCustomer(shop.app.dataSource)));
    const other = await shop.app.anotherInstance();
    const answers = await Promise.all(
      taken.map(({ email }, n) => change({ email }, n % 2 === 0 ? shop.app.api : other)),
    );
    expect(answers.map(outcome).toSorted()).toEqual([
      ...Array(5).fill('422 400'),
      ...Array(7).fill('429 The e-mail address was changed too often.'),
    ]);
    expect([(await stored()).email, await trail()]).toEqual([ada.email, 0]);
  });

  it('is refused to both of two customers who want the address of each other at once, and counts for both', async () => {
    const ben = await shop.customer();
    const [{ email: adas }, { email: bens }] = [await stored(), ben];
    const swap = async (): Promise<string[]> => {
      const path = `/customers/${ben.customerReference}`;
      const answers = [change({ email: bens }), shop.app.api.patch(path, { email: adas }, { token: ben.token })];
      return (await Promise.all(answers)).map(outcome);
    };
    for (let round = 0; round < 5; round += 1) {
      expect(await swap()).toEqual(['422 400', '422 400']);
    }
    expect(await swap()).toEqual([...TOO_OFTEN, ...TOO_OFTEN]);
  });

  it('is changed five times by twelve requests at once over two instances', async () => {
    const other = await shop.app.anotherInstance();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => move(n, n % 2 === 0 ? shop.app.api : other)),
    );
    const outcomes = answers.map(outcome).toSorted();
    expect(outcomes).toEqual([
      ...Array(5).fill('200'),
      ...Array(7).fill('429 The e-mail address was changed too often.'),
    ]);
    expect(await trail()).toBe(5);
  });

  it('of one customer takes no change from another one', async () => {
    await moves([1, 2, 3, 4, 5]);
    const ben = await shop.customer();
    const path = `/customers/${ben.customerReference}`;
    expect(outcome(await shop.app.api.patch(path, { email: `1-${ben.email}` }, { token: ben.token }))).toBe('200');
  });

  it('leaves nothing of its changes when the account ends', async () => {
    await moves([1]);
    await shop.app.api.delete(`/customers/${ada.customerReference}`, { token });
    expect((await stored()).emailChangedAt).toEqual([]);
  });
});
