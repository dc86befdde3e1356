import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '#mfa';
import { wrongCode } from '#testing';
import { macOf, type Code } from '../src/core/code.js';
import { FactorStatus } from '../src/core/factor.js';
import { CodeRepository } from '../src/persistence/code.repository.js';
import { JudgementRepository, type Judgement } from '../src/persistence/judgement.repository.js';
import { Shop, type Person } from './shop/shop.js';

describe('Parallel decisions about one account', () => {
  let shop: Shop;
  let source: DataSource;
  let judgements: JudgementRepository;

  beforeAll(async () => {
    shop = await Shop.open();
    source = await new DataSource({ type: 'postgres', url: shop.database.url, extra: { max: 20 } }).initialize();
    judgements = new JudgementRepository(source);
  });
  afterAll(async () => {
    await source.destroy();
    await shop.close();
  });

  const judge = (person: Person, code: string): Promise<Judgement> => {
    const account = { kind: person.kind, id: person.id };
    const caller = { account, sessionId: person.session, email: person.email, locale: 'en_US' };
    const macs = ['email', 'pigeon'].flatMap((method) =>
      shop.options.secrets.map((key) => macOf(key, caller, method, code as Code).mac),
    );
    return judgements.judge({
      caller,
      macs,
      purpose: 'step-up',
      acceptGrant: true,
      method: null,
      status: FactorStatus.active,
      effect: 'none',
      setup: 'by-policy',
      limits: DEFAULT_LIMITS,
      now: shop.clock.now(),
    });
  };
  const verdicts = async (all: Promise<Judgement>[]): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const { verdict } of await Promise.all(all)) counts[String(verdict)] = (counts[String(verdict)] ?? 0) + 1;
    return counts;
  };

  it('consume a code exactly once: one first use, and the others within its grant', async () => {
    for (let round = 0; round < 20; round += 1) {
      const person = await shop.person().enroll('pigeon');
      const code = await person.requestCode('pigeon');
      expect(await verdicts(Array.from({ length: 20 }, () => judge(person, code)))).toEqual({
        consumed: 1,
        reused: 19,
      });
    }
  });

  it('count exactly the failure limit of wrong values, then judge none', async () => {
    for (let round = 0; round < 10; round += 1) {
      const person = await shop.person().enroll('pigeon');
      const code = wrongCode(await person.requestCode('pigeon'));
      expect(await verdicts(Array.from({ length: 20 }, () => judge(person, code)))).toEqual({ wrong: 10, null: 10 });
    }
  });

  it('leave one grant when codes of two methods are used at once in one session', async () => {
    for (let round = 0; round < 10; round += 1) {
      const person = await shop.person().enroll('pigeon');
      await person.activate('email', await person.requestCode('pigeon'));
      expect(await person.verify(person.code('email'))).toBe('204');
      shop.clock.advance(3600);
      const codes = [await person.requestCode('pigeon'), await person.requestCode('email')];
      expect(await verdicts(codes.map((code) => judge(person, code)))).toEqual({ consumed: 2 });
      const grants = await source.query(`SELECT 1 FROM mfa_code WHERE account_id = $1 AND grant_until IS NOT NULL`, [
        person.id,
      ]);
      expect(grants).toHaveLength(1);
    }
  });

  it('meet a login, new codes and misses without an error', async () => {
    const person = await shop.person().enroll('pigeon');
    const code = await person.requestCode('pigeon');
    const codes = new CodeRepository(source);
    const voiding = (): Promise<void> => codes.voidAccount({ kind: person.kind, id: person.id });
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, n) =>
        n % 6 === 0 ? voiding() : n % 6 === 1 ? person.trigger('pigeon') : judge(person, n % 2 ? code : '000'),
      ),
    );
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
  });
});
