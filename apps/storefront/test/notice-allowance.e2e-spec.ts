import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, mailsTo, PASSWORD, retryJobs, startTestApp, type TestApp } from '#testing';
import { createStorefront } from '../src/storefront.js';

describe('Notices to one address', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(createStorefront);
  });
  afterAll(() => app.stop());

  const address = (): string => `${randomUUID().slice(0, 8)}@customers.example`;

  /** Adds notices as a change of a customer's address does. */
  const tell = (to: string, count: number, event = 'address-changed') =>
    app.dataSource.query(
      `SELECT graphile_worker.add_job('notice', json_build_object('accountKind', 'customer', 'accountId', '7',
         'event', $2::text, 'at', '2026-10-01T14:05:09.123Z', 'to', json_build_object('email', $1::text, 'locale', 'en_US')))
       FROM generate_series(1, $3)`,
      [to, event, count],
    );
  const countOf = async (to: string): Promise<number> => (await mailsTo(app, to)).length;
  const withheld = (): number => app.logged().split('"event":"notice.withheld"').length - 1;

  it('are at most five of a kind at once, then one in ten minutes, and each other one is logged', async () => {
    const to = address();
    const before = withheld();
    await tell(to, 12);
    expect(await countOf(to)).toBe(5);
    expect(withheld() - before).toBe(7);
    expect(app.logged()).toContain('"notice":"address-changed","accountKind":"customer","accountId":"7"');
    expect(app.logged()).not.toContain(to);
    app.clock.advance(599);
    await tell(to, 1);
    expect(await countOf(to)).toBe(5);
    app.clock.advance(1);
    await tell(to, 3);
    expect(await countOf(to)).toBe(6);
    app.clock.advance(3000);
    await tell(to, 12);
    expect(await countOf(to)).toBe(11);
  });

  it('are counted by kind, whatever the case of the address', async () => {
    const to = address();
    await tell(to, 4);
    await tell(to.toUpperCase(), 4);
    await tell(to, 4, 'password-changed');
    await tell(address(), 1);
    await app.mailsSent();
    const mails = app.mailbox.mails.filter((mail) => mail.to.some((one) => one.toLowerCase() === to));
    expect(mails).toHaveLength(9);
  });

  it('are bounded while a customer gives an account that address and another, to and fro', async () => {
    const [stranger, own] = [address(), address()];
    const { email, customerReference } = await createCustomer(app.dataSource, { email: own });
    const login = await app.api.post('/access-tokens', { username: email, password: PASSWORD });
    const token = login.json.data.attributes.accessToken as string;
    for (let n = 0; n < 100; n += 1) {
      await app.api.patch(`/customers/${customerReference}`, { email: n % 2 ? own : stranger }, { token });
    }
    const count = await countOf(stranger);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(5);
  });

  it('leave no rows behind when they are long over', async () => {
    app.clock.advance(86_400);
    for (const to of [address(), address(), address(), address(), address(), address()]) {
      await tell(to, 1);
      await app.mailsSent();
    }
    const [{ count }] = await app.dataSource.query<[{ count: number }]>(
      `SELECT count(*)::int AS count FROM notice_allowance WHERE sends_until <= $1`,
      [app.clock.now()],
    );
    expect(count).toBe(0);
  });

  it('that could not be sent use nothing up', async () => {
    const to = address();
    await app.mailbox.stop();
    await tell(to, 5);
    await app.mailsSent();
    await retryJobs(app.dataSource);
    await app.mailsSent();
    const [row] = await app.dataSource.query<{ over: boolean }[]>(
      `SELECT max(sends_until) <= $2 AS over FROM notice_allowance
       WHERE subject = sha256(convert_to(json_build_array($1::text, 'address-changed')::text, 'UTF8'))`,
      [to, app.clock.now()],
    );
    expect(row).toEqual({ over: true });
  });
});
