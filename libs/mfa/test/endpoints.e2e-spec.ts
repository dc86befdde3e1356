import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Method } from '#mfa';
import { wrongCode } from '#testing';
import { METHODS } from './methods/index.js';
import { Shop, type Person } from './shop/shop.js';

describe('The five endpoints', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.close());

  const post = (person: Person, endpoint: string, attributes: unknown, code?: string) =>
    person.call('POST', `/multi-factor-auth-${endpoint}`, code, {
      data: { type: `multi-factor-auth-${endpoint}`, attributes },
    });

  it('list every method offered to the kind of account, with its status', async () => {
    const methods = METHODS.map((one) => shop.instances[0]!.get<Method>(one, { strict: false }));
    const namesFor = (kind: 'customer' | 'user'): string[] =>
      methods.filter(({ offeredTo }) => offeredTo.includes(kind)).map(({ name }) => name);
    const { status, headers, json } = await shop.person().list();
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    const self = `${shop.apis[0]!.url}/multi-factor-auth-types`;
    expect(json).toEqual({
      data: namesFor('customer').map((type) => ({
        type: 'multi-factor-auth-types',
        id: null,
        attributes: { type, status: 0 },
        links: { self },
      })),
      links: { self },
    });
    expect((await shop.person('user').list()).json.data).toHaveLength(namesFor('user').length);
  });

  it('say in meta.grantExpiresAt until when a grant lives, in its session alone', async () => {
    const person = await shop.person().enroll();
    expect((await person.list()).json.meta).toBeUndefined();
    await person.order(await person.requestCode());
    const until = new Date(shop.clock.now().getTime() + 1_800_000).toISOString();
    expect((await person.list()).json.meta).toEqual({ grantExpiresAt: until });
    expect((await person.inSession('other').list()).json.meta).toBeUndefined();
    shop.clock.advance(1800);
    expect((await person.list()).json.meta).toBeUndefined();
  });

  it('answer success with 204 and an empty body', async () => {
    const answer = await post(shop.person(), 'type-activate', { type: 'email' });
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([204, '', null]);
  });

  it.each([[undefined], [null], ['not an object'], [[]]])(
    'refuse attributes %j before anything else',
    async (attributes) => {
      for (const endpoint of ['type-activate', 'type-verify', 'trigger', 'type-deactivate']) {
        expect((await post(shop.person(), endpoint, attributes)).text).toContain('Post data is invalid.');
      }
    },
  );

  it('refuse a document of another type', async () => {
    const body = { data: { type: 'something', attributes: { type: 'email' } } };
    const answer = await shop.person().call('POST', '/multi-factor-auth-trigger', undefined, body);
    expect([answer.status, answer.json.errors[0].detail]).toEqual([400, 'Invalid type.']);
  });

  it('check header, then type, then method, then its state (verify and deactivate)', async () => {
    const person = shop.person();
    for (const endpoint of ['type-verify', 'type-deactivate']) {
      const code = async (attributes: object, submitted?: string): Promise<string> =>
        (await post(person, endpoint, attributes, submitted)).json.errors[0].code as string;
      expect(await code({})).toBe('5900');
      expect(await code({}, ' ')).toBe('5900');
      expect(await code({}, '123456')).toBe('5902');
      expect(await code({ type: '' }, '123456')).toBe('5902');
      expect(await code({ type: 7 }, '123456')).toBe('5902');
      expect(await code({ type: 'sms' }, '123456')).toBe('5906');
      expect(await code({ type: 'email' }, '123456')).toBe('5906');
    }
  });

  it('check type, then method, then its state (activate and trigger)', async () => {
    const person = shop.person();
    for (const endpoint of ['type-activate', 'trigger']) {
      expect((await post(person, endpoint, {})).json.errors[0].code).toBe('5902');
      expect((await post(person, endpoint, { type: 'sms' })).json.errors[0].code).toBe('5906');
    }
    expect(await person.trigger()).toBe('400 5906');
    await person.activate();
    expect(await person.trigger()).toBe('400 5906');
    expect(await person.deactivate('123456')).toBe('400 5906');
  });

  it('do not offer a method to a kind of account that it is not for', async () => {
    expect(await shop.person('user').activate('pigeon')).toBe('400 5906');
  });

  it('refuse activate and verify of an active method, and count no miss for it', async () => {
    const person = await shop.person().enroll();
    expect(await person.activate()).toBe('400 5904');
    for (let n = 0; n < 12; n += 1) expect(await person.verify('000000')).toBe('400 5904');
    expect(await person.order(await person.requestCode())).toBe('201');
  });

  it('send a new code when activate is called again while pending; the older one is void', async () => {
    const person = shop.person();
    await person.activate();
    const first = person.code();
    await person.activate();
    const second = person.code();
    expect(await person.verify(first === second ? wrongCode(second) : first)).toBe('403 5901');
    expect(await person.verify(second)).toBe('204');
  });

  it('keep the code of activate for verify, and the code of trigger for everything else', async () => {
    const person = await shop.person().enroll();
    await person.activate('pigeon', await person.requestCode());
    const activation = person.code('pigeon');
    expect(await person.order(activation)).toBe('403 5901');
    const triggered = await person.requestCode();
    expect(await person.verify(triggered, 'pigeon')).toBe('403 5901');
    expect(await person.verify(activation, 'pigeon')).toBe('204');
  });

  it('do not take the code of a grant for verify', async () => {
    const person = await shop.person().enroll();
    const code = await person.requestCode();
    await person.activate('pigeon', code);
    expect(await person.verify(code, 'pigeon')).toBe('403 5901');
  });

  it('let one code go through activate, verify, several writes and deactivate', async () => {
    const person = shop.person();
    await person.activate();
    const code = person.code();
    expect(await person.verify(code)).toBe('204');
    expect(await person.order(code)).toBe('201');
    expect(await person.activate('pigeon', code)).toBe('204');
    expect(await person.order(code)).toBe('201');
    expect(await person.deactivate(code)).toBe('204');
    expect(await person.status()).toBe(0);
    expect(await person.order()).toBe('201');
  });

  it('deactivate in every session at once, with all codes and grants of the method', async () => {
    const person = await shop.person().enroll();
    const other = person.inSession('other');
    await other.order(await other.requestCode());
    expect(await person.deactivate(await person.requestCode())).toBe('204');
    const [{ count }] = await shop.dataSource.query(`SELECT count(*)::int FROM mfa_code WHERE account_id = $1`, [
      person.id,
    ]);
    expect(count).toBe(0);
    expect(await other.order()).toBe('201');
  });

  it('answer two deactivations at once with one success', async () => {
    const person = await shop.person().enroll();
    const code = await person.requestCode();
    const answers = await Promise.all(Array.from({ length: 10 }, () => person.deactivate(code)));
    expect(answers.filter((answer) => answer === '204')).toHaveLength(1);
    expect(answers.filter((answer) => answer === '400 5906')).toHaveLength(9);
  });

  it('answer two verifications at once with one success, and count no miss', async () => {
    const person = shop.person();
    await person.activate();
    const code = person.code();
    const answers = await Promise.all(Array.from({ length: 10 }, () => person.verify(code)));
    expect(answers.filter((answer) => answer === '204')).toHaveLength(1);
    expect(answers.filter((answer) => answer === '400 5904')).toHaveLength(9);
    const [row] = await shop.dataSource.query(
      `SELECT miss_count::int AS misses FROM mfa_account WHERE account_id = $1`,
      [person.id],
    );
    expect(row.misses).toBe(0);
  });

  it('tell nothing to a token without an account', async () => {
    const guest = shop.person('customer', 'guest');
    const list = await guest.list();
    expect([list.status, list.json.errors[0].code]).toEqual([400, '5905']);
    expect(await guest.activate()).toBe('400 5907');
    expect(await guest.trigger()).toBe('400 5907');
  });

  it('mail the code in the language of the account, as text and HTML, with what it is for and how long it lives', async () => {
    const person = shop.person();
    await person.activate();
    const [english] = shop.mailbox.mails.filter(({ to }) => to.includes(person.email));
    expect(english!.subject).toBe('Your security code');
    expect(english!.text).toMatch(
      /switch on multi-factor authentication[^]*\n\d{6}\n[^]*valid for 10 minutes[^]*did not ask/,
    );
    expect(english!.html).toContain(person.code());
    const body = { data: { type: 'multi-factor-auth-type-activate', attributes: { type: 'email' } } };
    const headers = { 'x-account': 'bernd', 'x-session': 'one', 'x-locale': 'de_DE' };
    await shop.apis[0]!.call('POST', '/multi-factor-auth-type-activate', { headers, body });
    const [german] = shop.mailbox.mails.filter(({ to }) => to.includes('bernd@shop.example'));
    expect(german!.subject).toBe('Ihr Sicherheitscode');
    expect(german!.text).toMatch(/zum Einschalten[^]*\n\d{6}\n[^]*gilt 10 Minuten[^]*keinen Code angefordert/);
  });
});
