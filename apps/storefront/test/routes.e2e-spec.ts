import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiDescription, outcome, servedRoutes } from '#testing';
import { createStorefront } from '../src/storefront.js';
import { isMfaEndpoint, ROUTES, type RouteRow } from './routes.js';
import { guest, Shop } from './shop.js';

/** Answers of the gates, in front of every resource. */
const TOKEN_REFUSALS = ['403 002', '401 001', '401 4103', '403 411'];
const CODE_REFUSALS = ['403 5900', '403 5901', '403 5913', '429 5911'];

describe('Every route of the storefront', () => {
  let shop: Shop;
  let description: ApiDescription;

  beforeAll(async () => {
    shop = await Shop.open();
    description = await ApiDescription.of(shop.app.api);
  });
  afterAll(() => shop.app.stop());

  const pathOf = ({ path }: RouteRow): string => path.replace(/:\w+/g, 'x');
  const typeOf = ({ path }: RouteRow): string =>
    path
      .split('/')
      .filter((segment) => segment && !segment.startsWith(':'))
      .at(-1)!;

  /** An empty document: what the gates think is all that matters here. Whatever is answered stands in the documentation. */
  const call = async (row: RouteRow, options: { token?: string; code?: string; headers?: Record<string, string> }) => {
    const hasBody = row.method === 'POST' || row.method === 'PATCH';
    const body = hasBody ? { body: { data: { type: typeOf(row), attributes: {} } } } : {};
    const answer = await shop.app.api.call(row.method, pathOf(row), { ...options, ...body });
    expect(answer.status, `${row.method} ${row.path}`).toBeLessThan(500);
    expect(description.missingOf(`${row.method} ${row.path}`, answer)).toEqual([]);
    return outcome(answer);
  };

  it('stands in the table, and the table has no other', async () => {
    const app = await createStorefront(shop.app.settings);
    const served = servedRoutes(app);
    await app.close();
    expect(served.toSorted()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  // who may see pages is tested with the pages
  describe.each(ROUTES.filter(({ access }) => !access.endsWith('page')))(
    '$method $path ($access, protected: $isProtected)',
    (row) => {
      const { access, isProtected, path } = row;

      it('asks for a token, or does not', async () => {
        const expected = { customer: '403 002', account: '403 002', agent: '401 4103', guest: '400 109' };
        const answered = await call(row, {});
        // what is wrong with the path of a guest's request comes before the guest
        if (access === 'guest' && answered === '400 Resource id is not specified.') return;
        if (access in expected) expect(answered).toBe(expected[access as keyof typeof expected]);
        else expect(TOKEN_REFUSALS).not.toContain(answered);
      });

      it('asks an account without MFA for nothing more', async () => {
        const answered = await call(row, await callerOf(row));
        expect([...TOKEN_REFUSALS.filter((refusal) => refusal !== '403 411'), '403 5901', '403 5913']).not.toContain(
          answered,
        );
        if (!isMfaEndpoint(path)) expect(CODE_REFUSALS).not.toContain(answered);
      });

      it('asks an account with MFA for a code, if it is protected', async () => {
        const { caller, code, wrong } = await callerWithMfa(row);
        const missing = await call(row, caller);
        if (isMfaEndpoint(path)) return;
        const guessed = await call(row, { ...caller, code: wrong });
        if (isProtected) expect([missing, guessed]).toEqual(['403 5900', '403 5901']);
        else expect(CODE_REFUSALS).not.toContain(missing);
        expect(CODE_REFUSALS).not.toContain(await call(row, { ...caller, code }));
      });
    },
  );

  /** Who may call the route: a customer, an agent, or a guest. */
  async function callerOf({ access }: RouteRow): Promise<{ token?: string; headers?: Record<string, string> }> {
    if (access === 'guest') return guest();
    return { token: access === 'agent' ? (await shop.agent()).token : (await shop.customer()).token };
  }

  async function callerWithMfa(row: RouteRow) {
    if (row.access === 'guest') return { caller: guest(), code: '123456', wrong: '000000' };
    const account = row.access === 'agent' ? await shop.agent() : await shop.customer();
    const code = await shop.enableMfa(account.token, 'email' in account ? account.email : account.username);
    return { caller: { token: account.token }, code, wrong: code === '000000' ? '000001' : '000000' };
  }
});
