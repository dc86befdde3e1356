import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { outcome, PASSWORD, type Answer } from '#testing';
import { Shop, type LoggedIn } from './shop.js';

const COUNT = 400;

/** Ids that ascend with the number, for sessions that are stored in descending order: a scan meets them the other way. */
const ID = (prefix: number): string => `('${prefix}0000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
const [OVER, ACTING] = [ID(1), ID(2)];
const NUMBERS = `generate_series(${COUNT}, 1, -1) AS n`;
const middle = (id: string): string => `id = (SELECT ${id} FROM (VALUES (${COUNT / 2})) AS middle (n))`;

describe('The sessions that a login sweeps', () => {
  let shop: Shop;
  let customer: LoggedIn;
  let agent: { readonly id: string; readonly username: string };

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());
  beforeEach(async () => {
    await shop.app.dataSource.query('DELETE FROM login_session');
    [customer, agent] = [await shop.customer(), await shop.agent()];
  });

  const run = (sql: string, values: unknown[] = []): Promise<unknown[]> => shop.app.dataSource.query(sql, values);

  const storeOver = async (kind: 'customer' | 'user', accountId: string): Promise<void> => {
    await run(
      `INSERT INTO login_session (id, account_kind, account_id, audience, created_at)
       SELECT ${OVER}, $1, $2, 'storefront', now() FROM ${NUMBERS}`,
      [kind, accountId],
    );
    await run(
      `INSERT INTO refresh_token (token_hash, session_id, issued_at, expires_at)
       SELECT uuid_send(${OVER}), ${OVER}, now(), now() - interval '1 day' FROM ${NUMBERS}`,
    );
  };
  /** Sessions for the customer that the agent opened in those that are over; they can be refreshed. */
  const storeActing = async (): Promise<void> => {
    await run(
      `INSERT INTO login_session (id, account_kind, account_id, audience, created_at, agent_id, agent_session_id)
       SELECT ${ACTING}, 'customer', $2, 'storefront', now(), $1, ${OVER} FROM ${NUMBERS}`,
      [agent.id, customer.id],
    );
    await run(
      `INSERT INTO refresh_token (token_hash, session_id, issued_at, expires_at)
       SELECT sha256(convert_to('token ' || n, 'UTF8')), ${ACTING}, now(), now() + interval '1 day' FROM ${NUMBERS}`,
    );
  };
  const countOver = async (): Promise<number> =>
    (await run(`SELECT FROM login_session WHERE id IN (SELECT ${OVER} FROM ${NUMBERS})`)).length;

  const endAll = (token: string): Promise<Answer> => shop.app.api.delete('/refresh-tokens/mine', { token });
  const login = (): Promise<Answer> =>
    shop.app.api.post('/access-tokens', { username: customer.email, password: PASSWORD });
  const loginOfAgent = (): Promise<Answer> =>
    shop.app.api.post('/agent-access-tokens', { username: agent.username, password: PASSWORD });
  const refresh = (n: number): Promise<Answer> => shop.app.api.post('/refresh-tokens', { refreshToken: `token ${n}` });

  const untilWaiting = (count: number): Promise<boolean> =>
    vi.waitUntil(
      async () =>
        (await run(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`))
          .length >= count,
      { timeout: 5_000 },
    );

  /** Lets both go on at the same moment: each is in the midst of its sessions, or has passed them. */
  const meet = async (session: string, first: () => Promise<Answer>, second: () => Promise<Answer>) => {
    const holder = shop.app.dataSource.createQueryRunner();
    try {
      await holder.startTransaction();
      await holder.query(`SELECT FROM login_session WHERE ${session} FOR UPDATE`);
      const firstAnswer = first();
      const isFirstWaiting = await Promise.race([firstAnswer.then(() => false), untilWaiting(1)]);
      const secondAnswer = second();
      await Promise.race([secondAnswer, untilWaiting(isFirstWaiting ? 2 : 1)]);
      await holder.commitTransaction();
      return (await Promise.all([firstAnswer, secondAnswer])).map(outcome);
    } finally {
      await holder.release();
    }
  };

  it('are no obstacle to one who ends all of them at the same time', async () => {
    await storeOver('customer', customer.id);
    expect(await meet(middle(OVER), login, () => endAll(customer.token))).toEqual(['201', '204']);
    await login();
    expect(await countOver()).toBe(0);
  });

  it('may be of an agent, in which sessions were opened for a customer who ends all of them', async () => {
    await storeOver('user', agent.id);
    await storeActing();
    expect(await meet(middle(ACTING), loginOfAgent, () => endAll(customer.token))).toEqual(['201', '204']);
    await loginOfAgent();
    expect(await countOver()).toBe(0);
  });

  it('may be of an agent, in which a session was opened for a customer that is refreshed', async () => {
    await storeOver('user', agent.id);
    await storeActing();
    expect(await meet(middle(ACTING), loginOfAgent, () => refresh(COUNT / 2))).toEqual(['201', '201']);
    await loginOfAgent();
    expect(await countOver()).toBe(0);
  });

  it('are swept, ended and refreshed by many at once', async () => {
    await storeOver('user', agent.id);
    await storeActing();
    const tokens = await Promise.all([1, 2, 3].map(() => shop.login(customer.email)));
    const refreshed = Array.from({ length: 40 }, (_, n) => refresh(n * 10 + 1));
    const answers = await Promise.all([
      ...refreshed,
      ...tokens.flatMap((token) => [loginOfAgent(), login(), endAll(token)]),
    ]);
    expect(answers.filter(({ status }) => status >= 500).map(outcome)).toEqual([]);
  });
});
