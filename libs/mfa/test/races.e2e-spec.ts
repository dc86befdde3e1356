import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MfaService, type Caller, type Code } from '#mfa';
import { wrongCode } from '#testing';
import { MfaException } from '../src/core/mfa.exception.js';
import { StepUpService } from '../src/core/step-up.service.js';
import { Shop, type Person } from './shop/shop.js';

describe('Parallel decisions about one account', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
    await shop.addInstance();
  });
  afterAll(() => shop.close());

  const callerOf = ({ kind, id, session }: Person): Caller => ({ account: { kind, id }, sessionId: session });
  let turn = 0;
  /** What became of a value, at one instance after the other. */
  const judge = async (person: Person, code: string): Promise<string> => {
    const service = shop.instances[(turn += 1) % shop.instances.length]!.get(StepUpService);
    try {
      const stepUp = await service.requireCode(callerOf(person), code as Code, 'by-policy');
      return stepUp ? (stepUp.reused ? 'reused' : 'consumed') : 'not needed';
    } catch (error) {
      if (error instanceof MfaException) return error.reason;
      throw error;
    }
  };
  const verdicts = async (all: Promise<string>[]): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const verdict of await Promise.all(all)) counts[verdict] = (counts[verdict] ?? 0) + 1;
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
      expect(await verdicts(Array.from({ length: 20 }, () => judge(person, code)))).toEqual({
        codeInvalid: 10,
        locked: 10,
      });
    }
  });

  it('judge 200 guesses over two instances as if they came one after another', async () => {
    const person = await shop.person().enroll('pigeon');
    const code = wrongCode(await person.requestCode('pigeon'));
    expect(await verdicts(Array.from({ length: 200 }, () => judge(person, code)))).toEqual({
      codeInvalid: 10,
      locked: 190,
    });
  });

  it('leave one grant when codes of two methods are used at once in one session', async () => {
    for (let round = 0; round < 10; round += 1) {
      const person = await shop.person().enroll('pigeon');
      await person.activate('email', await person.requestCode('pigeon'));
      expect(await person.verify(person.code('email'))).toBe('204');
      shop.clock.advance(3600);
      const codes = [await person.requestCode('pigeon'), await person.requestCode('email')];
      expect(await verdicts(codes.map((code) => judge(person, code)))).toEqual({ consumed: 2 });
      const grants = await shop.dataSource.query(`SELECT 1 FROM mfa_grant WHERE account_id = $1`, [person.id]);
      expect(grants).toHaveLength(1);
    }
  });

  it('meet a login, new codes and misses without an error', async () => {
    const person = await shop.person().enroll('pigeon');
    const code = await person.requestCode('pigeon');
    const mfa = shop.instances[0]!.get(MfaService);
    const voiding = (): Promise<void> => mfa.voidCodesOf({ kind: person.kind, id: person.id });
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, n) =>
        n % 6 === 0 ? voiding() : n % 6 === 1 ? person.trigger('pigeon') : judge(person, n % 2 ? code : '000'),
      ),
    );
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
  });
});
