import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MfaService, PolicyService } from '#mfa';
import { Enrolment } from './methods/holder.js';
import { recoveryCodeHolder } from './methods/recovery-code/recovery-code.holder.js';
import { totpHolder } from './methods/totp/totp.holder.js';
import { Shop, type Person } from './shop/shop.js';

const LIST = 'recovery-code';

describe('A list of recovery codes beside other methods', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.close());

  /** A person with the e-mail method and a list. */
  async function prepared(): Promise<{ person: Person; code: () => string }> {
    const person = await shop.person().enroll('email');
    const list = new Enrolment(LIST, recoveryCodeHolder, shop, person);
    await list.begin(await person.requestCode());
    shop.clock.advance(3600);
    return { person, code: () => list.holder.next({}) };
  }
  const statuses = async (person: Person): Promise<(number | undefined)[]> => [
    await person.status('email'),
    await person.status('totp'),
    await person.status(LIST),
  ];
  const leftOf = async ({ id }: Person): Promise<unknown> => {
    const text = `SELECT
      (SELECT count(*)::int FROM mfa_recovery_code WHERE account_id = $1) AS codes,
      (SELECT count(*)::int FROM mfa_grant WHERE account_id = $1) AS grants,
      (SELECT count(*)::int FROM mfa_factor WHERE account_id = $1) AS factors`;
    return (await shop.dataSource.query(text, [id]))[0];
  };
  const trailOf = async ({ id }: Person): Promise<unknown[]> =>
    shop.dataSource.query(
      `SELECT event, method, details FROM mfa_audit_event WHERE account_id = $1 ORDER BY sequence DESC LIMIT 2`,
      [id],
    );

  it('lets its codes deactivate any method', async () => {
    const { person, code } = await prepared();
    await new Enrolment('totp', totpHolder, shop, person).complete(await person.requestCode());
    expect(await person.deactivate(code(), 'totp')).toBe('204');
    expect(await statuses(person)).toEqual([2, 0, 2]);
    // the grant that a code has opened is good for that too
    const value = code();
    expect(await person.order(value)).toBe('201');
    expect(await person.deactivate(value, 'email')).toBe('204');
    expect(await statuses(person)).toEqual([0, 0, 0]);
  });

  it.each(['one of its codes', 'a code of another active method'])('is deactivated by %s', async (by) => {
    const { person, code } = await prepared();
    expect(await person.deactivate('not a code', LIST)).toBe('403 5901');
    const value = by.startsWith('one') ? code() : await person.requestCode();
    expect(await person.deactivate(value, LIST)).toBe('204');
    expect(await statuses(person)).toEqual([2, 0, 0]);
    expect(await leftOf(person)).toMatchObject({ codes: 0, factors: 1 });
    expect(await person.inSession('other').order(code())).toBe('403 5901');
  });

  it('goes with the last other method, when that is deactivated, with all that its codes have opened', async () => {
    const { person, code } = await prepared();
    expect(await person.inSession('elsewhere').order(code())).toBe('201');
    expect(await person.deactivate(await person.requestCode(), 'email')).toBe('204');
    expect(await statuses(person)).toEqual([0, 0, 0]);
    expect(await leftOf(person)).toEqual({ codes: 0, grants: 0, factors: 0 });
  });

  it('stays while another method protects', async () => {
    const { person } = await prepared();
    await new Enrolment('totp', totpHolder, shop, person).complete(await person.requestCode());
    shop.clock.advance(3600);
    expect(await person.deactivate(await person.requestCode(), 'email')).toBe('204');
    expect(await statuses(person)).toEqual([0, 2, 2]);
  });

  it('does not come back with a method that is set up later', async () => {
    const { person, code } = await prepared();
    await person.deactivate(await person.requestCode(), 'email');
    shop.clock.advance(3600);
    await person.enroll('email');
    expect([await statuses(person), await person.order(code())]).toEqual([[2, 0, 0], '403 5901']);
  });

  it('goes with the last other method, when that is removed by somebody else', async () => {
    const { person } = await prepared();
    const account = { kind: 'customer', id: person.id } as const;
    const actor = { kind: 'operator', id: 'ada' } as const;
    const removed = await shop.instances[0]!.get(MfaService).remove(account, 'email', actor);
    expect(removed).toEqual(['email', LIST]);
    expect([await statuses(person), await person.order()]).toEqual([[0, 0, 0], '201']);
    expect(await leftOf(person)).toEqual({ codes: 0, grants: 0, factors: 0 });
  });

  it('is told to be at its end in the trail, where one of its codes has ended the last other method', async () => {
    const { person, code } = await prepared();
    expect(await person.deactivate(code(), 'email')).toBe('204');
    expect(await trailOf(person)).toEqual([
      { event: 'backup-used', method: LIST, details: { remaining: 0 } },
      { event: 'deactivated', method: 'email', details: null },
    ]);
  });

  it('satisfies no policy', async () => {
    const person = shop.person().under('customers');
    const policies = shop.instances[0]!.get(PolicyService);
    const author = { account: { kind: 'user', id: 'admin' }, sessionId: 'one' } as const;
    const policy = { appliesTo: 'customers', value: null, requiredFrom: shop.clock.now() } as const;
    const { uuid } = await policies.create({ ...policy, methods: [LIST, 'totp'] }, author);
    expect(await person.order()).toBe('403 5913');
    const { person: stored, code } = await prepared();
    expect(await stored.under('customers').order(code())).toBe('403 5913');
    await policies.delete(uuid, author);
    expect(await stored.under('customers').order(code())).toBe('201');
  });
});
