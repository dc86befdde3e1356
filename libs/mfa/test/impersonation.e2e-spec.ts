import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wrongCode } from '#testing';
import { Shop, type Person } from './shop/shop.js';

describe('9. Impersonation', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.close());

  const agent = (): Person => shop.person('user');
  const counters = async ({ kind, id }: Person): Promise<unknown> =>
    (
      await shop.dataSource.query(
        `SELECT miss_count::int AS misses, failure_count AS failures FROM mfa_account WHERE account_kind = $1 AND account_id = $2`,
        [kind, id],
      )
    )[0];

  it('asks for nothing where neither has a factor', async () => {
    const acting = agent().actingFor(shop.person());
    expect(await acting.order()).toBe('201');
    expect(await acting.order('123456')).toBe('201');
  });

  it('asks for the code of who acts, whatever the other one has', async () => {
    for (const customer of [shop.person(), await shop.person().enroll()]) {
      const acting = (await agent().enroll()).actingFor(customer);
      expect(await acting.order()).toBe('403 5900');
      const code = await acting.requestCode();
      expect(await acting.order(wrongCode(code))).toBe('403 5901');
      expect(await acting.order(code)).toBe('201');
    }
  });

  it('refuses with 5913 where only the other one has a factor, also with a right code of theirs', async () => {
    const customer = await shop.person().enroll();
    const acting = agent().actingFor(customer);
    const code = await customer.requestCode();
    for (const overrides of [undefined, '', '123456', code]) expect(await acting.order(overrides)).toBe('403 5913');
    expect(await customer.order(code)).toBe('201');
  });

  it('refuses what a decorator protects as well, and lets all else pass', async () => {
    const acting = agent().actingFor(await shop.person().enroll());
    expect((await acting.call('POST', '/settings')).json.errors[0].code).toBe('5913');
    expect((await acting.call('PATCH', '/settings')).status).toBe(200);
    expect((await acting.call('GET', '/orders')).status).toBe(200);
  });

  it('looks at active factors only: a set-up in progress neither asks nor is enough', async () => {
    const customer = shop.person();
    await customer.activate();
    const person = agent();
    const acting = person.actingFor(customer);
    expect(await acting.order()).toBe('201');
    await customer.verify(customer.code());
    await acting.activate();
    expect(await acting.order()).toBe('403 5913');
    expect(await acting.order(person.code())).toBe('403 5913');
    expect(await acting.verify(person.code())).toBe('204');
    expect(await acting.order(person.code())).toBe('201');
  });

  it('tells apart a customer and a user of the same id', async () => {
    const customer = shop.person();
    await shop.person('user', customer.id).enroll();
    expect(await agent().actingFor(customer).order()).toBe('201');
  });

  it('counts against who acts, in all sessions of theirs, and never against the other one', async () => {
    const customer = await shop.person().enroll();
    const person = await agent().enroll();
    const untouched = await counters(customer);
    const others = await customer.requestCode();
    const own = await person.requestCode();
    for (let n = 0; n < 3; n += 1) expect(await person.actingFor(customer).order(others)).toBe('403 5901');
    expect(await person.order(own)).toBe('403 5901');
    for (let n = 0; n < 6; n += 1) await person.actingFor(customer).order('x');
    expect(await person.order('x')).toBe('429 5911');
    expect(await person.actingFor(customer).order('x')).toBe('429 5911');
    expect(await counters(customer)).toEqual(untouched);
    expect(await customer.order(others)).toBe('201');
  });

  it('keeps codes and grants in their session', async () => {
    const person = await agent().enroll();
    const sessions = [person, person.actingFor(shop.person()), person.actingFor(shop.person())];
    for (const session of sessions) {
      const code = await session.requestCode();
      for (const other of sessions.filter((one) => one !== session)) expect(await other.order(code)).toBe('403 5901');
      expect(await session.order(code)).toBe('201');
    }
  });

  it('lets the five endpoints set up, show and remove the factors of who acts', async () => {
    const customer = await shop.person().enroll();
    const person = agent();
    const acting = person.actingFor(customer);
    expect(await acting.activate()).toBe('204');
    expect(await acting.verify(person.code())).toBe('204');
    expect([await acting.status(), await person.status()]).toEqual([2, 2]);
    expect(await acting.activate('pigeon')).toBe('400 5906'); // offered to customers only
    expect(await acting.deactivate(person.code())).toBe('204');
    expect([await acting.status(), await person.status(), await customer.status()]).toEqual([0, 0, 2]);
    expect(await acting.order()).toBe('403 5913');
  });

  it('lets nobody through behind a removal of the factor that runs at the same time', async () => {
    const apis = [shop.apis[0]!, await shop.addInstance()];
    for (let round = 0; round < 5; round += 1) {
      const acting = (await agent().enroll()).actingFor(await shop.person().enroll());
      const code = await acting.requestCode();
      expect(await acting.order(code)).toBe('201');
      const [removed, ...results] = await Promise.all([
        acting.deactivate(code),
        ...Array.from({ length: 16 }, (_, n) => acting.at(apis[n % 2]!).order(n % 4 === 3 ? undefined : code)),
      ]);
      expect(removed).toBe('204');
      for (const [n, result] of results.entries()) {
        const allowed = n % 4 === 3 ? ['403 5900', '403 5913'] : ['201', '403 5913'];
        expect(allowed).toContain(result);
      }
      expect(await acting.order(code)).toBe('403 5913');
    }
  });
});
