import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MfaService } from '#mfa';
import { wrongCode } from '#testing';
import { Shop, type Person } from './shop/shop.js';
import { StepUpModel } from './step-up.model.js';

type Step =
  | { readonly do: 'activate' | 'trigger' | 'login'; readonly session: string }
  | { readonly do: 'order' | 'verify' | 'deactivate'; readonly session: string; readonly value: Value }
  | { readonly do: 'wait'; readonly seconds: number };

/** The newest code, the one before it, a wrong one, or no header. */
type Value = 'newest' | 'older' | 'wrong' | 'none';

const session = fc.constantFrom('one', 'two');
const value = fc.constantFrom<Value>('newest', 'newest', 'newest', 'older', 'wrong', 'none');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant('activate' as const), session }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('trigger' as const), session }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('login' as const), session }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('order' as const), session, value }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('verify' as const), session, value }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deactivate' as const), session, value }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.constantFrom(1, 59, 60, 599, 600, 1799, 1800),
    }),
  },
);

describe('The step-up decision', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.close());

  const perform = async (person: Person, model: StepUpModel, codes: string[], one: Step): Promise<void> => {
    if (one.do === 'wait') {
      shop.clock.advance(one.seconds);
      model.now += one.seconds;
      return;
    }
    const here = person.inSession(one.session);
    if (one.do === 'login') {
      await shop.instances[0]!.get(MfaService).voidAccount({ kind: 'customer', id: person.id });
      return model.login();
    }
    if (!('value' in one)) {
      const purpose = one.do === 'activate' ? 'activation' : 'step-up';
      const expected = model.expectSend(purpose);
      expect(await here[one.do]('pigeon')).toBe(expected);
      if (expected !== '204') return;
      codes.unshift(person.code('pigeon'));
      return model.sent(purpose, one.session, codes[0]!);
    }
    const known = { newest: codes[0], older: codes[1], wrong: wrongCode(codes[0] ?? '000000'), none: undefined };
    const submitted = known[one.value];
    if (one.do === 'order') expect(await here.order(submitted)).toBe(model.order(one.session, submitted));
    else if (submitted === undefined) expect(await here[one.do](submitted, 'pigeon')).toBe('403 5900');
    else expect(await here[one.do](submitted, 'pigeon')).toBe(model[one.do](one.session, submitted));
  };

  it('follows the contract through any sequence of requests, sessions and waits', async () => {
    const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const person = shop.person();
      const model = new StepUpModel();
      const codes: string[] = [];
      const setUp: Step[] = [
        { do: 'activate', session: 'one' },
        { do: 'verify', session: 'one', value: 'newest' },
      ];
      for (const one of [...setUp, ...steps]) await perform(person, model, codes, one);
      expect(await person.status('pigeon')).toBe(model.status);
    });
    await fc.assert(property, { numRuns: 60 });
  });
});
