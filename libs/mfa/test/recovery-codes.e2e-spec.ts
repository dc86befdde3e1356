import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcome, wrongCode } from '#testing';
import { ask, handedOutBy } from './methods/holder.js';
import { Shop, type Person } from './shop/shop.js';
import { captureLog, dumpOf } from './shop/traces.js';

const LIST = 'recovery-code';

/** A person with the e-mail method and a list. */
interface Prepared {
  readonly person: Person;
  readonly codes: readonly string[];
}

describe('Recovery codes', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.close());

  const later = (): void => shop.clock.advance(3600);
  async function makeList(person: Person, code: string): Promise<readonly string[]> {
    const answer = await ask(person, 'type-activate', LIST, code);
    expect(outcome(answer)).toBe('201');
    return handedOutBy(answer)['codes'] as string[];
  }
  async function prepared(): Promise<Prepared> {
    const person = await shop.person().enroll('email');
    const codes = await makeList(person, await person.requestCode());
    later();
    return { person, codes };
  }
  const remaining = async (person: Person): Promise<unknown> => {
    const { json } = await person.list();
    return json.data.find(({ attributes }: any) => attributes.type === LIST).attributes.remaining;
  };
  const missesOf = async ({ id }: Person): Promise<number> => {
    const text = `SELECT miss_count::int AS misses FROM mfa_account WHERE account_id = $1`;
    return (await shop.dataSource.query(text, [id]))[0].misses as number;
  };

  it('are ten, of six groups of four characters of Crockford’s alphabet, all different, and shown with their type', async () => {
    const person = await shop.person().enroll('email');
    const answer = await ask(person, 'type-activate', LIST, await person.requestCode());
    const { codes, ...rest } = handedOutBy(answer) as { codes: string[] };
    expect([outcome(answer), answer.headers.get('cache-control'), rest]).toEqual(['201', 'no-store', { type: LIST }]);
    expect([codes.length, new Set(codes).size]).toEqual([10, 10]);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(await person.status(LIST)).toBe(2);
  });

  it('are shown once, and stored as digests alone', async () => {
    const logged = captureLog(shop.instances[0]!);
    const { person, codes } = await prepared();
    const used = codes[0]!;
    const answers = [
      await person.list(),
      await ask(person, 'trigger', LIST),
      await person.call('POST', '/orders', used),
    ];
    const mails = JSON.stringify(shop.mailbox.mails);
    const traces = [...answers.map(({ text }) => text), logged(), await dumpOf(shop.dataSource), mails];
    for (const trace of traces) {
      for (const code of codes) {
        const plain = code.replaceAll('-', '');
        for (const form of [code, plain, Buffer.from(plain).toString('hex')]) expect(trace).not.toContain(form);
      }
    }
    expect(answers.map(outcome)).toEqual(['200', '204', '201']);
  });

  it('count down by each that is used, and are not counted where there are none', async () => {
    const { person, codes } = await prepared();
    expect(await remaining(shop.person())).toBeUndefined();
    expect(await remaining(person)).toBe(10);
    expect(await person.order(codes[4])).toBe('201');
    expect(await person.order(codes[4])).toBe('201');
    expect(await person.inSession('other').order(codes[5])).toBe('201');
    expect(await remaining(person)).toBe(8);
    for (const [n, code] of codes.entries()) {
      if (n < 4 || n > 5) expect(await person.inSession(`session ${n}`).order(code)).toBe('201');
    }
    expect([await remaining(person), await person.status(LIST)]).toEqual([0, 2]);
    later();
    expect(await person.order(codes[0])).toBe('403 5901');
  });

  it.each<[string, (code: string) => string]>([
    ['in lower case', (code) => code.toLowerCase()],
    ['without hyphens', (code) => code.replaceAll('-', '')],
    ['with blanks', (code) => code.replaceAll('-', ' ')],
    ['in other groups', (code) => code.replace(/(?<=^.{7})/, ' - ')],
    ['with I and O', (code) => code.replaceAll('1', 'I').replaceAll('0', 'O')],
    ['with l and o', (code) => code.replaceAll('1', 'l').replaceAll('0', 'o').toLowerCase()],
  ])('may be written %s', async (_, written) => {
    let found: { person: Person; code: string } | undefined;
    while (!found) {
      const { person, codes } = await prepared();
      const code = codes.find((each) => /1.*0|0.*1/.test(each));
      found = code === undefined ? undefined : { person, code };
    }
    const { person, code } = found;
    expect(await person.order(written(code))).toBe('201');
    // the grant is that of the code, not of its writing
    expect(await person.order(code)).toBe('201');
    expect(await missesOf(person)).toBe(0);
  });

  it('are used up by one session, and a miss in every other', async () => {
    const { person, codes } = await prepared();
    expect(await person.order(codes[0])).toBe('201');
    expect(await person.inSession('other').order(codes[0])).toBe('403 5901');
    later();
    expect(await person.order(codes[0])).toBe('403 5901');
    expect(await missesOf(person)).toBe(2);
  });

  it('open nothing for another account', async () => {
    const [mine, theirs] = [await prepared(), await prepared()];
    expect(await mine.person.order(theirs.codes[0])).toBe('403 5901');
    await shop.dataSource.query(
      `INSERT INTO mfa_recovery_code SELECT account_kind, $2, digest FROM mfa_recovery_code WHERE account_id = $1`,
      [theirs.person.id, mine.person.id],
    );
    expect(await mine.person.order(theirs.codes[0])).toBe('403 5901');
  });

  it('are made anew with a code of an active method; the old ones are void at once, and their grants elsewhere', async () => {
    const { person, codes } = await prepared();
    const elsewhere = person.inSession('elsewhere');
    expect(await elsewhere.order(codes[0])).toBe('201');
    const renewed = await makeList(person, await person.requestCode());
    expect(renewed.some((code) => codes.includes(code))).toBe(false);
    expect(await elsewhere.order(codes[0])).toBe('403 5901');
    expect(await person.order(codes[1])).toBe('403 5901');
    expect(await remaining(person)).toBe(10);
    expect(await elsewhere.order(renewed[0])).toBe('201');
  });

  it('are made anew with one of their own, which goes on in its session until the grant ends', async () => {
    const { person, codes } = await prepared();
    await makeList(person, codes[0]!);
    expect([await remaining(person), await person.order(codes[0])]).toEqual([10, '201']);
    const renewed = await makeList(person, codes[0]!);
    expect([await remaining(person), await person.order(codes[0])]).toEqual([10, '201']);
    expect(await person.inSession('other').order(renewed[0])).toBe('201');
    later();
    expect(await person.order(codes[0])).toBe('403 5901');
  });

  it('need another active method (5913), its code (5900), and a right one (5901)', async () => {
    const person = shop.person();
    expect(await person.activate(LIST)).toBe('403 5913');
    expect(await person.activate(LIST, '123456')).toBe('403 5913');
    await person.activate('email');
    expect(await person.activate(LIST)).toBe('403 5913');
    await person.verify(person.code());
    later();
    expect(await person.activate(LIST)).toBe('403 5900');
    expect(await person.activate(LIST, wrongCode(await person.requestCode()))).toBe('403 5901');
    expect(await person.status(LIST)).toBe(0);
  });

  it('have nothing to verify: 5906 without a list, 5904 with one', async () => {
    const { person, codes } = await prepared();
    expect(await shop.person().verify('123456', LIST)).toBe('400 5906');
    expect(await person.verify(codes[0], LIST)).toBe('400 5904');
    expect(await remaining(person)).toBe(10);
  });

  it('have nothing to send: trigger is 204 also where nothing may be sent any more', async () => {
    const { person } = await prepared();
    for (let n = 0; n < 5; n += 1) expect(await person.trigger('email')).toBe('204');
    expect(await person.trigger('email')).toBe('429 5912');
    expect([await person.trigger(LIST), await shop.person().trigger(LIST)]).toEqual(['204', '400 5906']);
  });

  it('count a miss that has their form against the account', async () => {
    const { person, codes } = await prepared();
    const wrong = `${codes[0]!.startsWith('0') ? '1' : '0'}${codes[0]!.slice(1)}`;
    for (let n = 0; n < 10; n += 1) expect(await person.order(wrong)).toBe('403 5901');
    expect(await person.order(codes[0])).toBe('429 5911');
    shop.clock.advance(1800);
    expect(await person.order(codes[0])).toBe('201');
  });
});
