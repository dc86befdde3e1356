import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Enrolment } from './methods/holder.js';
import { recoveryCodeHolder } from './methods/recovery-code/recovery-code.holder.js';
import { totpHolder } from './methods/totp/totp.holder.js';
import { Shop, type Person } from './shop/shop.js';

const FEWER = { customer: ['pigeon', 'email'], user: ['email'] };

describe('The lists of offered methods', () => {
  let shop: Shop;
  /** Puts a person before an instance that offers neither TOTP nor recovery codes. */
  let atFewer: (person: Person) => Person;

  beforeAll(async () => {
    shop = await Shop.open();
    const api = await shop.addInstance({ offeredMethods: FEWER });
    atFewer = (person) => person.at(api);
  });
  afterAll(() => shop.close());

  const typesOf = async (person: Person): Promise<string[]> =>
    (await person.list()).json.data.map(({ attributes }: any) => attributes.type);
  const totpOf = (person: Person): Enrolment => new Enrolment('totp', totpHolder, shop, person);

  it('stop the start where they name an unknown method, one for another kind of account, or one twice', async () => {
    for (const [customer, named] of [
      [['email', 'telepathy'], 'telepathy'],
      [['email', 'email'], 'email'],
    ] as const) {
      const start = shop.addInstance({ offeredMethods: { customer } });
      await expect(start).rejects.toThrow(`accounts of the kind customer names "${named}"`);
    }
    await expect(shop.addInstance({ offeredMethods: { user: ['email', 'pigeon'] } })).rejects.toThrow(
      'accounts of the kind user names "pigeon"',
    );
  });

  it('stop the start where they have no method that protects', async () => {
    for (const customer of [['recovery-code'], []]) {
      const start = shop.addInstance({ offeredMethods: { customer } });
      await expect(start).rejects.toThrow('has no method that protects');
    }
  });

  it('say what is listed, in their order, for each kind of account', async () => {
    expect(await typesOf(atFewer(shop.person()))).toEqual(['pigeon', 'email']);
    expect(await typesOf(atFewer(shop.person('user')))).toEqual(['email']);
  });

  it('keep others from being set up', async () => {
    const person = atFewer(shop.person());
    expect(await person.activate('totp')).toBe('400 5906');
    await person.enroll('email');
    const code = await person.requestCode('email');
    expect(await person.activate('totp', code)).toBe('400 5906');
    expect(await person.activate('recovery-code', code)).toBe('400 5906');
    expect(await person.order(code)).toBe('201');
  });

  it('let those who have another one go on: it is listed with them, used, and deactivated', async () => {
    const { person, ...totp } = await totpOf(shop.person()).complete();
    const before = atFewer(person);
    shop.clock.advance(3600);
    expect(await typesOf(before)).toEqual(['pigeon', 'email', 'totp']);
    expect(await before.order()).toBe('403 5900');
    expect(await before.trigger('totp')).toBe('204');
    const value = totp.holder.next({});
    expect(await before.order(value)).toBe('201');
    expect(await before.activate('totp', value)).toBe('400 5904');
    expect(await before.deactivate(value, 'totp')).toBe('204');
    expect(await typesOf(before)).toEqual(['pigeon', 'email']);
    expect(await before.activate('totp')).toBe('400 5906');
  });

  it('let those who have a list of recovery codes use it and make a new one', async () => {
    const person = await shop.person().enroll('email');
    const recovery = new Enrolment('recovery-code', recoveryCodeHolder, shop, person);
    await recovery.begin(await person.requestCode('email'));
    const later = new Enrolment('recovery-code', recoveryCodeHolder, shop, atFewer(person));
    await later.begin(recovery.holder.next({}));
    expect(await atFewer(person.inSession('other')).order(later.holder.next({}))).toBe('201');
    expect(await typesOf(atFewer(person))).toEqual(['pigeon', 'email', 'recovery-code']);
  });

  it('keep a set-up that was begun before from being verified', async () => {
    const totp = totpOf(shop.person());
    const value = await totp.begin();
    const person = atFewer(totp.person);
    expect(await person.verify(value, 'totp')).toBe('400 5906');
    expect(await typesOf(person)).toEqual(['pigeon', 'email']);
    expect(await totp.person.verify(value, 'totp')).toBe('204');
  });
});
