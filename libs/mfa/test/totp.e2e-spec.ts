import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TotpOptions } from '#mfa';
import { decodeBase32, outcome, totpStep, totpValue } from '#testing';
import { ask, Enrolment, handedOutBy } from './methods/holder.js';
import { totpHolder } from './methods/totp/totp.holder.js';
import { Shop, type Person } from './shop/shop.js';
import { captureLog, dumpOf } from './shop/traces.js';

const optionsOf = (window: number): { methodOptions: TotpOptions } => ({
  methodOptions: { totp: { issuer: 'Sallyport Shop', window } },
});

describe('TOTP', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open(optionsOf(1));
  });
  afterAll(() => shop.close());

  const now = (): number => totpStep(shop.clock.now());
  const missesOf = async ({ id }: Person): Promise<number> => {
    const text = `SELECT miss_count::int AS misses FROM mfa_account WHERE account_id = $1`;
    return (await shop.dataSource.query(text, [id]))[0].misses as number;
  };
  /** Begins a set-up; @returns the secret */
  async function begin(person: Person, code?: string): Promise<string> {
    const answer = await ask(person, 'type-activate', 'totp', code);
    expect(outcome(answer)).toBe('201');
    return String(handedOutBy(answer)['secret']);
  }
  /** Whether two steps of the window have the same value an hour from now, which happens once in 300,000 times. */
  const hasTwins = (secret: string): boolean => {
    const values = [-1, 0, 1].map((distance) => totpValue(secret, now() + 120 + distance));
    return new Set(values).size < values.length;
  };
  /** A person with an app whose last value was used long ago. */
  async function enrolled(person = shop.person()): Promise<{ person: Person; secret: string }> {
    let secret = await begin(person);
    while (hasTwins(secret)) secret = await begin(person);
    expect(await person.verify(totpValue(secret, now()), 'totp')).toBe('204');
    shop.clock.advance(3600);
    return { person, secret };
  }

  it('answers activate with the secret, its URI with issuer and address, a QR code, and how long the set-up lives', async () => {
    const person = shop.person();
    const { status, json, headers } = await ask(person, 'type-activate', 'totp');
    const { secret } = json.data.attributes;
    const label = encodeURIComponent(person.email);
    const query = `issuer=Sallyport%20Shop&secret=${secret}&algorithm=SHA1&digits=6&period=30`;
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(json.data).toEqual({
      type: 'multi-factor-auth-type-activate',
      id: null,
      attributes: {
        type: 'totp',
        secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
        uri: `otpauth://totp/Sallyport%20Shop:${label}?${query}`,
        qrCode: expect.stringMatching(/^data:image\/svg\+xml;base64,[A-Za-z0-9+/=]+$/),
        expiresAt: new Date(shop.clock.now().getTime() + 600_000).toISOString(),
      },
      links: { self: `${shop.apis[0]!.url}/multi-factor-auth-type-activate` },
    });
    const image = Buffer.from(json.data.attributes.qrCode.split(',')[1], 'base64').toString();
    expect(image).toMatch(/^<svg .*<\/svg>$/);
  });

  it('has its secret in no other answer, log line, audit entry, mail or table', async () => {
    const logged = captureLog(shop.instances[0]!);
    const { person, secret } = await enrolled();
    const answers = [
      await person.list(),
      await ask(person, 'trigger', 'totp'),
      await ask(person, 'type-activate', 'totp', totpValue(secret, now())),
      await ask(person, 'type-verify', 'totp', '123456'),
      await person.call('POST', '/orders', totpValue(secret, now())),
    ];
    expect(answers.map(outcome)).toEqual(['200', '204', '400 5904', '400 5904', '201']);
    const bytes = decodeBase32(secret);
    const forms = [secret, bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')];
    const traces = [
      ...answers.map(({ text }) => text),
      logged(),
      await dumpOf(shop.dataSource),
      JSON.stringify(shop.mailbox.mails),
    ];
    expect(logged()).toContain('mfa.activated');
    for (const trace of traces) for (const form of forms) expect(trace).not.toContain(form);
  });

  it.each([0, 1, 2])('accepts values of %i steps before and after the present one, and no others', async (window) => {
    const { person: stored, secret } = await enrolled();
    const person = stored.at(await shop.addInstance(optionsOf(window)));
    const tried = Array.from({ length: 2 * window + 3 }, (_, n) => n - window - 1);
    for (const distance of tried) {
      const answered = await person
        .inSession(`at ${distance}`)
        .at(shop.apis.at(-1)!)
        .order(totpValue(secret, now() + distance));
      expect([distance, answered]).toEqual([distance, Math.abs(distance) <= window ? '201' : '403 5901']);
    }
  });

  it('takes a step once, over all sessions: in another one it is a miss', async () => {
    const { person, secret } = await enrolled();
    const value = totpValue(secret, now());
    expect([await person.order(value), await person.order(value)]).toEqual(['201', '201']);
    expect(await person.inSession('other').order(value)).toBe('403 5901');
    expect(await missesOf(person)).toBe(1);
  });

  it('counts the value of verify as used', async () => {
    const person = shop.person();
    const secret = await begin(person);
    const value = totpValue(secret, now());
    expect(await person.verify(value, 'totp')).toBe('204');
    expect(await person.inSession('other').order(value)).toBe('403 5901');
  });

  it('takes no step before one that was used, also in the same session', async () => {
    const { person, secret } = await enrolled();
    const answered = [];
    for (const distance of [1, 0, -1]) {
      const value = totpValue(secret, now() + distance);
      answered.push({ distance, value, answer: await person.order(value) });
    }
    // the values are told too: two steps with the same value would be no fault
    expect(answered).toMatchObject([{ answer: '201' }, { answer: '403 5901' }, { answer: '403 5901' }]);
    expect(await missesOf(person)).toBe(2);
  });

  it('can be verified for 10 minutes, to the second', async () => {
    const person = shop.person();
    const early = await begin(person);
    shop.clock.advance(599);
    expect(await person.verify(totpValue(early, now()), 'totp')).toBe('204');
    const other = shop.person();
    const late = await begin(other);
    shop.clock.advance(600);
    expect(await other.verify(totpValue(late, now()), 'totp')).toBe('403 5901');
    expect([await other.status('totp'), await other.order()]).toEqual([1, '201']);
  });

  it('makes a new secret when activate is called again, and voids the former one', async () => {
    const person = shop.person();
    const former = await begin(person);
    const secret = await begin(person);
    expect(secret).not.toBe(former);
    expect(await person.verify(totpValue(former, now()), 'totp')).toBe('403 5901');
    expect(await person.verify(totpValue(secret, now()), 'totp')).toBe('204');
    shop.clock.advance(60);
    expect(await person.order(totpValue(former, now()))).toBe('403 5901');
  });

  it('cannot be verified by a thief who began before the person had another method', async () => {
    const person = shop.person();
    const thief = person.inSession('thief');
    const prepared = await begin(thief);
    await person.enroll('email');
    expect(await thief.verify(totpValue(prepared, now()), 'totp')).toBe('403 5901');
    expect(await thief.activate('totp')).toBe('403 5900');
    expect([await person.status('totp'), await person.status('email')]).toEqual([1, 2]);
    const secret = await begin(person, await person.requestCode());
    expect(await thief.verify(totpValue(prepared, now()), 'totp')).toBe('403 5901');
    expect(await person.verify(totpValue(secret, now()), 'totp')).toBe('204');
  });

  it('is taken with blanks, as apps show it', async () => {
    const { person, secret } = await enrolled();
    const value = totpValue(secret, now());
    expect(await person.order(`${value.slice(0, 3)} ${value.slice(3)}`)).toBe('201');
    expect(await person.order(value)).toBe('201');
  });

  it('works beside sent codes: a value of either passes, each ends its own method alone', async () => {
    const person = await shop.person().enroll('email');
    const totp = await new Enrolment('totp', totpHolder, shop, person).complete(await person.requestCode());
    shop.clock.advance(3600);
    expect(await person.deactivate(await totp.value(), 'email')).toBe('403 5901');
    const code = await person.requestCode('email');
    expect(await person.deactivate(code, 'totp')).toBe('403 5901');
    expect(await person.order(code)).toBe('201');
    expect(await person.order(await totp.value())).toBe('201');
    expect(await person.deactivate(await totp.value(), 'totp')).toBe('204');
    expect([await person.status('totp'), await person.status('email')]).toEqual([0, 2]);
  });

  it('counts digits that are neither a sent code nor a value of the app as one miss', async () => {
    const person = await shop.person().enroll('email');
    await new Enrolment('totp', totpHolder, shop, person).complete(await person.requestCode());
    shop.clock.advance(3600);
    const before = await missesOf(person);
    expect(await person.order('0000000')).toBe('403 5901');
    expect(await person.order('000000')).toBe('403 5901');
    expect(await missesOf(person)).toBe(before + 2);
  });
});
