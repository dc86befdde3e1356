import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Method } from '#mfa';
import { outcome } from '#testing';
import { ask, Enrolment, handedOutBy, type HandedOut, type HolderOf } from './methods/holder.js';
import { METHODS } from './methods/index.js';
import { Shop, type Person } from './shop/shop.js';

const HOUR = 3600;

/**
 * What every method must do, by what it declares.
 *
 * @param holderOf how a person comes by its values
 */
export function describeMethod(name: string, holderOf: HolderOf): void {
  describe(`The method "${name}"`, () => {
    let shop: Shop;
    let method: Method;
    /** One that sends codes, to stand beside a backup. */
    let companion: string;
    /** What activate and trigger answer when they succeed. */
    let activated: string;
    let triggered: string;
    let person: Person;
    let enrolment: Enrolment;

    beforeAll(async () => {
      shop = await Shop.open();
      const methods = METHODS.map((one) => shop.instances[0]!.get<Method>(one, { strict: false }));
      method = methods.find((one) => one.name === name)!;
      companion = methods.find((one) => one !== method && 'send' in one && one.offeredTo.includes('customer'))!.name;
      activated = 'begin' in method ? '201' : '204';
      triggered = 'challenge' in method ? '201' : '204';
    });
    afterAll(() => shop.close());
    beforeEach(() => {
      person = shop.person();
      enrolment = new Enrolment(name, holderOf, shop, person);
    });

    const wrong = (right: string): string => enrolment.holder.wrong(right);

    /** The value that activate asks for: of the companion, beside which alone a backup can be set up. */
    async function ofCompanion(): Promise<string | undefined> {
      if (!method.isBackup) return undefined;
      await person.enroll(companion);
      return person.requestCode(companion);
    }
    async function enrolled(): Promise<void> {
      const value = await enrolment.begin(await ofCompanion());
      if (!method.isBackup) expect(await person.verify(value, name)).toBe('204');
      shop.clock.advance(HOUR);
    }
    const sends = async (): Promise<string | undefined> => {
      const rows = await shop.dataSource.query<{ sends: string | null }[]>(
        `SELECT sends_until::text AS sends FROM mfa_account WHERE account_id = $1`,
        [person.id],
      );
      return rows[0]?.sends ?? undefined;
    };
    const listed = async (): Promise<HandedOut> => {
      const { json } = await person.list();
      return json.data.map(({ attributes }: any) => attributes).find(({ type }: any) => type === name);
    };

    it('is listed as disabled before it is set up, with nothing else', async () => {
      expect(await listed()).toEqual({ type: name, status: 0 });
      expect(await person.trigger(name)).toBe('400 5906');
      expect(await person.verify('123456', name)).toBe('400 5906');
      expect(await person.deactivate('123456', name)).toBe('400 5906');
    });

    it('answers activate with what it hands out and its type, for no cache, or with nothing', async () => {
      const answer = await ask(person, 'type-activate', name, await ofCompanion());
      expect(outcome(answer)).toBe(activated);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      if (!('begin' in method)) return expect(answer.text).toBe('');
      expect(answer.headers.get('content-type')).toMatch(/^application\/vnd\.api\+json/);
      expect(answer.json.data).toMatchObject({ type: 'multi-factor-auth-type-activate', id: null });
      const { type, ...handedOut } = handedOutBy(answer);
      expect([type, Object.keys(handedOut)]).not.toEqual([name, []]);
      const shownAgain = (await person.list()).text;
      for (const secret of Object.values(handedOut).flat()) expect(shownAgain).not.toContain(secret);
    });

    it('is pending until it is verified and asks for nothing yet, or is complete at once', async () => {
      const value = await enrolment.begin(await ofCompanion());
      expect(await person.status(name)).toBe(method.isBackup ? 2 : 1);
      if (method.isBackup) return expect(await person.verify(enrolment.holder.next({}), name)).toBe('400 5904');
      expect(await person.order()).toBe('201');
      expect(await person.trigger(name)).toBe('400 5906');
      expect(await person.verify(wrong(value), name)).toBe('403 5901');
      expect(await person.inSession('thief').verify(wrong(value), name)).toBe('403 5901');
      expect(await person.status(name)).toBe(1);
      expect(await person.verify(value, name)).toBe('204');
      expect(await person.status(name)).toBe(2);
      expect(await person.verify(value, name)).toBe('400 5904');
    });

    it('is set up again with something new while it is pending, and a value for the former set-up is wrong', async () => {
      if (method.isBackup) return;
      const former = await enrolment.begin();
      const again = await enrolment.begin();
      expect(await person.verify(former === again ? wrong(former) : former, name)).toBe('403 5901');
      expect(await person.verify(again, name)).toBe('204');
    });

    it('cannot be verified after 10 minutes', async () => {
      if (method.isBackup) return;
      const value = await enrolment.begin();
      shop.clock.advance(600);
      expect(await person.verify(value, name)).toBe('403 5901');
      expect(await person.verify('send' in method ? value : enrolment.holder.next({}), name)).toBe('403 5901');
    });

    it('opens a grant by verify for its session alone', async () => {
      if (method.isBackup) return;
      const value = await enrolment.begin();
      expect(await person.verify(value, name)).toBe('204');
      expect(await person.order(value)).toBe('201');
      expect(await person.inSession('other').order(value)).toBe('403 5901');
    });

    it('cannot be activated while it is active, unless it is a backup, which is made anew', async () => {
      await enrolled();
      const value = await enrolment.value();
      expect(await person.activate(name, value)).toBe(method.isBackup ? '201' : '400 5904');
    });

    it('protects: a value is good once, and again within the grant of its session, in no other', async () => {
      await enrolled();
      const elsewhere = person.inSession('elsewhere');
      expect(await elsewhere.order()).toBe('403 5900');
      const value = await enrolment.value(elsewhere);
      expect(await elsewhere.order(wrong(value))).toBe('403 5901');
      expect([await elsewhere.order(value), await elsewhere.order(value)]).toEqual(['201', '201']);
      expect(await person.order(value)).toBe('403 5901');
      shop.clock.advance(HOUR / 2 - 1);
      expect(await elsewhere.order(value)).toBe('201');
      shop.clock.advance(1);
      expect(await elsewhere.order(value)).toBe('403 5901');
    });

    it('counts each wrong value once, whatever other methods there are', async () => {
      await enrolled();
      const value = wrong(await enrolment.value());
      expect(await person.order(value)).toBe('403 5901');
      const [row] = await shop.dataSource.query(`SELECT miss_count AS misses FROM mfa_account WHERE account_id = $1`, [
        person.id,
      ]);
      expect(row.misses).toBe('1');
    });

    it('answers trigger with what it hands out and its type, or with nothing, and sends only if it sends', async () => {
      await enrolled();
      const before = await sends();
      const answer = await ask(person, 'trigger', name);
      expect([outcome(answer), answer.headers.get('cache-control')]).toEqual([triggered, 'no-store']);
      expect((await sends()) !== before).toBe('send' in method);
      if (!('challenge' in method)) return expect(answer.text).toBe('');
      expect(answer.json.data).toMatchObject({ type: 'multi-factor-auth-trigger', attributes: { type: name } });
      const again = await ask(person, 'trigger', name);
      expect(handedOutBy(again)).not.toEqual(handedOutBy(answer));
    });

    it('takes what was issued for a session in that session alone, for 10 minutes, until something newer is issued', async () => {
      await enrolled();
      if (!('send' in method || 'challenge' in method)) return;
      const foreign = await enrolment.value(person.inSession('elsewhere'));
      expect(await person.order(foreign)).toBe('403 5901');
      const older = await enrolment.value();
      const newer = await enrolment.value();
      expect(await person.order(older === newer ? wrong(older) : older)).toBe('403 5901');
      expect(await person.order(newer)).toBe('201');
      const late = await enrolment.value();
      shop.clock.advance(600);
      expect(await person.order(late)).toBe('403 5901');
    });

    it('sends codes of the configured length', async () => {
      if (!('send' in method)) return;
      await enrolled();
      expect(await enrolment.value()).toMatch(/^\d{6}$/);
    });

    it('is deactivated with its own value, and leaves nothing behind', async () => {
      await enrolled();
      const value = await enrolment.value();
      expect(await person.deactivate(wrong(value), name)).toBe('403 5901');
      expect(await person.deactivate(value, name)).toBe('204');
      expect(await listed()).toEqual({ type: name, status: 0 });
      expect(await person.order(value)).toBe(method.isBackup ? '403 5901' : '201');
      for (const table of ['mfa_factor', 'mfa_code', 'mfa_grant', 'mfa_credential']) {
        const rows = await shop.dataSource.query(`SELECT FROM ${table} WHERE account_id = $1 AND method = $2`, [
          person.id,
          name,
        ]);
        expect([table, rows]).toEqual([table, []]);
      }
    });

    it('protects nothing alone, where it is a backup', async () => {
      if (!method.isBackup) return;
      expect(await person.activate(name)).toBe('403 5913');
      await enrolled();
      expect(await person.deactivate(await person.requestCode(companion), companion)).toBe('204');
      expect([await person.status(name), await person.order()]).toEqual([0, '201']);
    });
  });
}
