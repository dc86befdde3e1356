import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wrongCode } from '#testing';
import { Shop, type Person } from './shop/shop.js';
import { dumpOf } from './shop/traces.js';

describe('The rules that make it hold', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.close());

  const repeat = async (times: number, action: () => Promise<string>): Promise<string[]> => {
    const results: string[] = [];
    for (let n = 0; n < times; n += 1) results.push(await action());
    return results;
  };
  const enrolled = (): Promise<Person> => shop.person().enroll();
  describe('1. Every wrong value counts', () => {
    it('voids every outstanding code of the account with the third wrong value', async () => {
      const person = await enrolled();
      const code = await person.requestCode();
      expect(await repeat(2, () => person.order(wrongCode(code)))).toEqual(['403 5901', '403 5901']);
      expect(await person.order(code)).toBe('201');
      const next = await person.requestCode();
      await repeat(3, () => person.order(wrongCode(next)));
      expect(await person.order(next)).toBe('403 5901');
    });

    it('counts a value that was never issued, of any length and form', async () => {
      const person = await enrolled();
      const code = await person.requestCode();
      for (const value of ['1', 'not a code', '9'.repeat(2000)]) expect(await person.order(value)).toBe('403 5901');
      expect(await person.order(code)).toBe('403 5901');
    });

    it('counts a wrong value at any endpoint and in any session against codes of every method', async () => {
      const person = await enrolled();
      const code = await person.requestCode();
      const other = person.inSession('other');
      expect(await other.order(wrongCode(code))).toBe('403 5901');
      expect(await other.deactivate(wrongCode(code))).toBe('403 5901');
      expect(await person.activate('pigeon', wrongCode(code))).toBe('403 5901');
      expect(await person.order(code)).toBe('403 5901');
    });

    it('makes 50 parallel guesses with one right one among them, over several instances, behave as a sequence', async () => {
      const apis = [shop.apis[0]!, await shop.addInstance(), await shop.addInstance()];
      for (let round = 0; round < 8; round += 1) {
        const person = await enrolled();
        const code = await person.requestCode();
        const right = Math.floor(Math.random() * 50);
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, n) =>
            person.at(apis[n % 3]!).order(
              n === right
                ? code
                : wrongCode(
                    String(Number(code) + n)
                      .padStart(6, '0')
                      .slice(-6),
                  ),
            ),
          ),
        );
        const [row] = await shop.dataSource.query(
          `SELECT miss_count::int AS misses, failure_count AS failures, locked_until IS NOT NULL AS locked FROM mfa_account WHERE account_id = $1`,
          [person.id],
        );
        const wrong = answers.filter((answer) => answer === '403 5901').length;
        const locked = answers.filter((answer) => answer === '429 5911').length;
        const accepted = answers[right] === '201';
        expect(wrong + locked + (accepted ? 1 : 0)).toBe(50);
        // in any order, ten misses in a row lock, and a right code before that starts the count again
        expect(row.locked).toBe(true);
        expect(row.failures).toBe(10);
        expect(row.misses).toBe(wrong);
        expect(wrong).toBeGreaterThanOrEqual(10);
        expect(wrong).toBeLessThanOrEqual(accepted ? 12 : 10);
      }
    });

    it('accepts a right code sent 20 times in parallel as one code, whose grant serves the others', async () => {
      for (let round = 0; round < 5; round += 1) {
        const person = await enrolled();
        const code = await person.requestCode();
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, n) => person.at(shop.apis[n % 3]!).order(code)),
        );
        expect(answers).toEqual(Array.from({ length: 20 }, () => '201'));
        const [row] = await shop.dataSource.query(
          `SELECT a.miss_count::int AS misses, (SELECT count(*)::int FROM mfa_grant g WHERE g.account_id = a.account_id) AS grants
           FROM mfa_account a WHERE account_id = $1`,
          [person.id],
        );
        expect(row).toEqual({ misses: 0, grants: 1 });
      }
    });
  });

  describe('2. One account, one truth', () => {
    it('keeps accounts of the same id but another kind apart', async () => {
      const customer = await shop.person('customer', 'same-id').enroll();
      const user = shop.person('user', 'same-id');
      expect(await user.status()).toBe(0);
      expect(await user.order()).toBe('201');
      expect(await customer.order()).toBe('403 5900');
    });

    it('applies a method that was set up at one instance at every other', async () => {
      const person = await enrolled();
      const elsewhere = person.at(await shop.addInstance());
      expect(await elsewhere.status()).toBe(2);
      expect(await elsewhere.order()).toBe('403 5900');
      expect(await elsewhere.order(await person.requestCode())).toBe('201');
    });
  });

  describe('3. Codes are never stored or logged readable', () => {
    it('has no code in a dump of the whole database, and none can be computed from it without the secret', async () => {
      const person = await enrolled();
      const code = await person.requestCode();
      expect(await dumpOf(shop.dataSource)).not.toContain(code);
      const [{ mac }] = await shop.dataSource.query(`SELECT mac FROM mfa_code WHERE account_id = $1`, [person.id]);
      const message = (value: string): string => JSON.stringify(['customer', person.id, 'one', 'email', value]);
      const [key] = shop.options.secrets;
      expect(createHmac('sha256', key!.secret).update(message(code)).digest()).toEqual(mac);
      const keyless = Array.from({ length: 1_000_000 }, (_, n) => String(n).padStart(6, '0')).find((value) =>
        createHash('sha256')
          .update(message(value))
          .digest()
          .equals(mac as Buffer),
      );
      expect(keyless).toBeUndefined();
    });

    it('leaves live codes valid when the secret is rotated', async () => {
      const person = await enrolled();
      const code = await person.requestCode();
      const rotated = await shop.addInstance({
        secrets: [{ id: 'k2', secret: Buffer.alloc(32, 7) }, ...shop.options.secrets],
      });
      expect(await person.at(rotated).order(code)).toBe('201');
      const next = await person.at(rotated).requestCode();
      const [{ key_id }] = await shop.dataSource.query(`SELECT key_id FROM mfa_code WHERE account_id = $1`, [
        person.id,
      ]);
      expect(key_id).toBe('k2');
      expect(await person.at(rotated).order(next)).toBe('201');
    });
  });

  describe('4. A code belongs to the session that asked for it', () => {
    it('is wrong in any other session, before and after its first use', async () => {
      const person = await enrolled();
      const code = await person.requestCode();
      expect(await person.inSession('other').order(code)).toBe('403 5901');
      expect(await person.order(code)).toBe('201');
      expect(await person.inSession('other').order(code)).toBe('403 5901');
      expect(await person.order(code)).toBe('201');
    });

    it('lives 10 minutes unused', async () => {
      const person = await enrolled();
      const code = await person.requestCode();
      shop.clock.advance(599);
      const living = await person.order(code);
      expect(living).toBe('201');
      const next = await person.requestCode();
      shop.clock.advance(600);
      expect(await person.order(next)).toBe('403 5901');
    });

    it('is voided by a newer one of the same method, and lives beside one of another', async () => {
      const person = await enrolled();
      await person.activate('pigeon', await person.requestCode());
      expect(await person.verify(person.code('pigeon'), 'pigeon')).toBe('204');
      shop.clock.advance(3600);
      const first = await person.requestCode();
      const byPigeon = await person.requestCode('pigeon');
      const second = await person.requestCode();
      expect(await person.order(first)).toBe(first === second ? '201' : '403 5901');
      expect(await person.order(byPigeon)).toBe('201');
      expect(await person.order(second)).toBe('201');
    });

    it('ends its grant 30 minutes after the first use, however often it was used since', async () => {
      const person = await enrolled();
      const code = await person.requestCode();
      expect(await person.order(code)).toBe('201');
      shop.clock.advance(1799);
      expect(await person.order(code)).toBe('201');
      shop.clock.advance(1);
      expect(await person.order(code)).toBe('403 5901');
    });

    it('keeps a grant when a newer code is sent, and replaces it when that is used', async () => {
      const person = await enrolled();
      const first = await person.requestCode();
      expect(await person.order(first)).toBe('201');
      const second = await person.requestCode();
      expect(await person.order(first)).toBe('201');
      expect(await person.order(second)).toBe('201');
      expect(await person.order(first)).toBe(first === second ? '201' : '403 5901');
    });
  });

  describe('6. Account lock', () => {
    const lock = async (person: Person): Promise<string[]> => repeat(10, () => person.order('000'));

    it('comes with the tenth miss in a row, for a right code, a grant and trigger too; an absent header stays 5900', async () => {
      const person = await enrolled();
      const granted = await person.requestCode();
      expect(await person.order(granted)).toBe('201');
      expect(await lock(person)).toEqual(Array.from({ length: 10 }, () => '403 5901'));
      expect(await person.order(granted)).toBe('429 5911');
      expect(await person.inSession('other').order('111')).toBe('429 5911');
      expect(await person.trigger()).toBe('429 5911');
      expect(await person.deactivate(granted)).toBe('429 5911');
      expect(await person.order()).toBe('403 5900');
    });

    it('says in Retry-After when it ends, and ends after 30 minutes', async () => {
      const person = await enrolled();
      await lock(person);
      shop.clock.advance(100);
      const answer = await person.call('POST', '/orders', '111');
      expect(answer.headers.get('retry-after')).toBe('1700');
      shop.clock.advance(1699);
      expect(await person.trigger()).toBe('429 5911');
      shop.clock.advance(1);
      expect(await person.order(await person.requestCode())).toBe('201');
    });

    it('counts over resends and sessions, and only a consumed code starts the count again', async () => {
      const person = await enrolled();
      await repeat(5, () => person.order('000'));
      const code = await person.requestCode();
      await repeat(2, () => person.inSession('other').order('000'));
      expect(await person.order(code)).toBe('201');
      await repeat(5, () => person.order('000'));
      expect(await person.order(code)).toBe('201');
      await repeat(4, () => person.order('000'));
      expect(await person.order(code)).toBe('201');
      await repeat(1, () => person.order('000'));
      expect(await person.order(code)).toBe('429 5911');
    });
  });

  describe('7. Send limit', () => {
    it('allows 5 sends at once, then one a minute, over methods, sessions and endpoints', async () => {
      const person = shop.person();
      expect(await repeat(5, () => person.activate())).toEqual(Array.from({ length: 5 }, () => '204'));
      expect(await person.inSession('other').activate('pigeon')).toBe('429 5912');
      expect(await person.verify(person.code())).toBe('204');
      const refused = await person.call('POST', '/multi-factor-auth-trigger', undefined, {
        data: { type: 'multi-factor-auth-trigger', attributes: { type: 'email' } },
      });
      expect(refused.headers.get('retry-after')).toBe('60');
      shop.clock.advance(59);
      expect(await person.trigger()).toBe('429 5912');
      shop.clock.advance(1);
      expect(await person.trigger()).toBe('204');
      expect(await person.trigger()).toBe('429 5912');
    });

    it('sends exactly 5 codes when 20 are asked for in parallel, over several instances', async () => {
      const person = await enrolled();
      shop.clock.advance(3600);
      const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => person.at(shop.apis[n % 3]!).trigger()));
      expect(answers.filter((answer) => answer === '204')).toHaveLength(5);
      expect(answers.filter((answer) => answer === '429 5912')).toHaveLength(15);
    });

    it('refuses without a change: an older code stays valid', async () => {
      const person = await enrolled();
      shop.clock.advance(3600);
      await repeat(4, () => person.trigger());
      const code = await person.requestCode();
      expect(await person.trigger()).toBe('429 5912');
      expect(await person.order(code)).toBe('201');
    });
  });

  describe('8. Deactivation needs a code of the same method', () => {
    it('refuses a code and a grant of another method, and ends with one of its own', async () => {
      const person = await enrolled();
      await person.activate('pigeon', await person.requestCode());
      const byPigeon = person.code('pigeon');
      expect(await person.verify(byPigeon, 'pigeon')).toBe('204');
      expect(await person.deactivate(byPigeon)).toBe('403 5901');
      expect(await person.deactivate(byPigeon, 'pigeon')).toBe('204');
      expect([await person.status('pigeon'), await person.status()]).toEqual([0, 2]);
      expect(await person.order(byPigeon)).toBe('403 5901');
    });

    it('needs a code of an active method to activate a second one', async () => {
      const person = await enrolled();
      expect(await person.activate('pigeon')).toBe('403 5900');
      expect(await person.activate('pigeon', '000')).toBe('403 5901');
      expect(await person.status('pigeon')).toBe(0);
      expect(await person.activate('pigeon', await person.requestCode())).toBe('204');
    });

    it('voids an activation code that was sent before another method became active', async () => {
      const person = shop.person();
      const thief = person.inSession('thief');
      expect(await thief.activate('pigeon')).toBe('204');
      const prepared = person.code('pigeon');
      await person.activate();
      expect(await person.verify(person.code())).toBe('204');
      expect(await thief.activate('pigeon')).toBe('403 5900');
      expect(await thief.verify(prepared, 'pigeon')).toBe('403 5901');
      expect(await person.status('pigeon')).toBe(1);
    });

    it('lets no activation slip in beside one that is being verified', async () => {
      for (let round = 0; round < 10; round += 1) {
        const person = shop.person();
        const thief = person.inSession('thief');
        await person.activate();
        const code = person.code();
        const [, begun] = await Promise.all([person.verify(code), thief.activate('pigeon')]);
        if (begun === '204') expect(await thief.verify(person.code('pigeon'), 'pigeon')).toBe('403 5901');
        else expect(begun).toBe('403 5900');
        expect(await person.status()).toBe(2);
      }
    });
  });

  describe('11. Nothing is guessed from timing or text', () => {
    it('answers a wrong, an expired, a used up and a foreign code with the same bytes', async () => {
      const person = await enrolled();
      const expired = await person.requestCode();
      shop.clock.advance(601);
      const foreign = await (await enrolled()).requestCode();
      const own = await person.requestCode();
      const answers = await Promise.all([
        person.call('POST', '/orders', expired === own ? wrongCode(own) : expired),
        person.call('POST', '/orders', foreign === own ? wrongCode(own) : foreign),
        person.inSession('other').call('POST', '/orders', own),
        person.call('POST', '/orders', 'x'),
      ]);
      const [first, ...others] = answers.map(({ status, text }) => `${status} ${text}`);
      expect(first).toContain('"code":"5901"');
      expect(others).toEqual([first, first, first]);
    });
  });

  describe('12. Restart', () => {
    it('loses no counter, no lock, no send and no grant', async () => {
      const person = await enrolled();
      const code = await person.requestCode();
      expect(await person.order(code)).toBe('201');
      await repeat(9, () => person.order('000'));
      const restarted = person.at(await shop.addInstance());
      expect(await restarted.order(code)).toBe('201');
      expect(await restarted.order('000')).toBe('403 5901');
      expect(await restarted.order(code)).toBe('429 5911');
    });
  });
});
