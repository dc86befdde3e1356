import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wrongCode } from '#testing';
import { BothApps, type AppName } from './both-apps.js';

/** What a protected write of the storefront answers that passed the second factor. */
const PASSED = '422 901';

describe('Rule 2: one account, one truth, on both apps', () => {
  let apps: BothApps;

  beforeAll(async () => {
    apps = await BothApps.open();
  });
  afterAll(() => apps.close());

  it.each([
    ['storefront', 'backend'],
    ['backend', 'storefront'],
  ] as const)('shows a method that an agent sets up on the %s as active on the %s', async (one, other) => {
    const agent = await apps.agent();
    const [here, there] = [await apps.login(one, agent), await apps.login(other, agent)];
    await apps.codeOf(here, agent, 'type-activate');
    expect([await apps.status(here), await apps.status(there)]).toEqual([1, 1]);
    await apps.enableMfa(here, agent);
    expect([await apps.status(here), await apps.status(there)]).toEqual([2, 2]);
    expect(await apps.mfa('type-activate', there)).toBe('400 5904');
    const code = await apps.codeOf(there, agent);
    expect(await apps.mfa('type-deactivate', there, code)).toBe('204');
    expect([await apps.status(here), await apps.status(there)]).toEqual([0, 0]);
  });

  it('asks for what was set up on the storefront in the backend', async () => {
    const agent = await apps.agent();
    const backend = await apps.login('backend', agent);
    expect(await apps.writeInBackend(backend)).toBe('200');
    await apps.enableMfa(await apps.login('storefront', agent), agent);
    expect(await apps.writeInBackend(backend)).toBe('403 5900');
    const code = await apps.codeOf(backend, agent);
    expect(await apps.writeInBackend(backend, wrongCode(code))).toBe('403 5901');
    expect(await apps.writeInBackend(backend, code)).toBe('200');
  });

  it('asks for what was set up in the backend on the storefront, where the agent acts for a customer', async () => {
    const [agent, customer] = [await apps.agent(), await apps.customer()];
    const acting = await apps.impersonate(await apps.login('storefront', agent), customer);
    expect(await apps.writeOnStorefront(acting, customer)).toBe(PASSED);
    await apps.enableMfa(await apps.login('backend', agent), agent);
    expect(await apps.status(acting)).toBe(2);
    expect(await apps.writeOnStorefront(acting, customer)).toBe('403 5900');
    const code = await apps.codeOf(acting, agent);
    expect(await apps.writeOnStorefront(acting, customer, wrongCode(code))).toBe('403 5901');
    expect(await apps.writeOnStorefront(acting, customer, code)).toBe(PASSED);
  });

  it('keeps codes and grants in the session that asked for them, and a login on either app voids them', async () => {
    const agent = await apps.agent();
    const [storefront, backend] = [await apps.login('storefront', agent), await apps.login('backend', agent)];
    const granted = await apps.enableMfa(storefront, agent);
    expect(await apps.writeInBackend(backend, granted)).toBe('403 5901');
    const code = await apps.codeOf(backend, agent);
    expect(await apps.mfa('type-deactivate', storefront, code)).toBe('403 5901');
    expect(await apps.writeInBackend(backend, code)).toBe('200');
    await apps.login('storefront', agent);
    expect(await apps.writeInBackend(backend, code)).toBe('403 5901');
    expect(await apps.mfa('type-deactivate', storefront, granted)).toBe('403 5901');
  });

  it.each([
    ['storefront', 'backend'],
    ['backend', 'storefront'],
  ] as const)('counts misses on the %s and on the %s together, and locks both', async (one, other) => {
    const agent = await apps.agent();
    const [here, there] = [await apps.login(one, agent), await apps.login(other, agent)];
    await apps.enableMfa(here, agent);
    const code = await apps.codeOf(here, agent);
    for (let n = 0; n < 9; n += 1) expect(await apps.mfa('type-deactivate', here, wrongCode(code))).toBe('403 5901');
    expect(await apps.mfa('type-deactivate', there, wrongCode(code))).toBe('403 5901');
    for (const login of [here, there]) {
      expect(await apps.mfa('type-deactivate', login, code)).toBe('429 5911');
      expect(await apps.mfa('trigger', login)).toBe('429 5911');
    }
    apps.backend.clock.advance(1800);
    const fresh = await apps.codeOf(there, agent);
    expect(await apps.mfa('type-deactivate', there, fresh)).toBe('204');
  });

  it('voids a code on the one app by wrong values on the other', async () => {
    const agent = await apps.agent();
    const [storefront, backend] = [await apps.login('storefront', agent), await apps.login('backend', agent)];
    await apps.enableMfa(storefront, agent);
    const code = await apps.codeOf(backend, agent);
    for (let n = 0; n < 3; n += 1) await apps.mfa('type-deactivate', storefront, wrongCode(code));
    expect(await apps.writeInBackend(backend, code)).toBe('403 5901');
  });

  it('takes parallel guesses on both apps one after the other: ten, and not one more, are judged', async () => {
    const agent = await apps.agent();
    const [storefront, backend] = [await apps.login('storefront', agent), await apps.login('backend', agent)];
    const code = await apps.enableMfa(storefront, agent);
    const guesses = Array.from({ length: 12 }, () => [storefront, backend]).flat();
    const outcomes = await Promise.all(guesses.map((login) => apps.mfa('type-deactivate', login, wrongCode(code))));
    expect(outcomes.filter((one) => one === '403 5901')).toHaveLength(10);
    expect(outcomes.filter((one) => one === '429 5911')).toHaveLength(14);
    expect(await apps.mfa('type-deactivate', storefront, code)).toBe('429 5911');
  });

  it('has one allowance of mails for both apps', async () => {
    const agent = await apps.agent();
    const [storefront, backend] = [await apps.login('storefront', agent), await apps.login('backend', agent)];
    await apps.enableMfa(storefront, agent);
    for (const login of [storefront, backend, storefront, backend])
      expect(await apps.mfa('trigger', login)).toBe('204');
    for (const login of [storefront, backend]) expect(await apps.mfa('trigger', login)).toBe('429 5912');
  });

  it('tells the apps apart by their tokens', async () => {
    const agent = await apps.agent();
    for (const [one, other] of [
      ['storefront', 'backend'],
      ['backend', 'storefront'],
    ] as [AppName, AppName][]) {
      const login = await apps.login(one, agent);
      expect(await apps.isLive(login)).toBe(true);
      expect(await apps.isLive({ ...login, app: other })).toBe(false);
      expect(await apps.canRefresh({ ...login, app: other })).toBe(false);
      expect(await apps.canRefresh(login)).toBe(true);
    }
  });
});
