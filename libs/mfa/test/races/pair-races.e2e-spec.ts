import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipientOf, Shop } from '../shop/shop.js';
import { AccountCopy, type Beginning } from './account-copy.js';
import { pastOf, shapeOf } from './account-shape.js';
import { atOnce } from './at-once.js';
import { WRITERS } from './writers.js';

/** `npm run test:long` takes the time for more. */
const ROUNDS = process.env['TEST_LONG'] ? 500 : 150;
const LONG = 600_000;

const beginning: fc.Arbitrary<Beginning> = fc.record({
  totp: fc.constantFrom('none', 'pending', 'active'),
  email: fc.constantFrom('none', 'none', 'pending'),
  recoveryCodes: fc.boolean(),
  misses: fc.constantFrom(0, 0, 0, 1, 2, 8, 9, 10),
  sends: fc.constantFrom(0, 0, 1, 2, 3),
});
const writer = fc.constantFrom(...Object.keys(WRITERS));
const way = fc.constantFrom('at once', 'free');

describe('Two writers about one account', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open({ delivery: { recipientOf, mailSender: { send: async () => undefined } } });
    await shop.addInstance();
  });
  afterAll(() => shop.close());

  type Perform = (copy: AccountCopy) => Promise<readonly [string, string]>;

  /** The answers and the resulting state, of an account with that past. */
  const resultOf = async (from: Beginning, perform: Perform): Promise<object> => {
    const copy = await AccountCopy.prepare(shop, from);
    const past = await pastOf(shop.dataSource, copy.account);
    return { answers: await perform(copy), ...(await shapeOf(shop.dataSource, copy.account, past)) };
  };

  it(
    `get the answers and leave the state that one of their two sequences gives, in ${ROUNDS} rounds`,
    async () => {
      const property = fc.asyncProperty(beginning, writer, writer, way, async (from, one, other, how) => {
        const first = (copy: AccountCopy): Promise<string> => WRITERS[one]!(copy, 0, shop.dataSource);
        const second = (copy: AccountCopy): Promise<string> => WRITERS[other]!(copy, 1, shop.dataSource);
        const inSequence = [
          await resultOf(from, async (copy) => [await first(copy), await second(copy)]),
          await resultOf(from, async (copy) => {
            const answer = await second(copy);
            return [await first(copy), answer];
          }),
        ];
        const inParallel = await resultOf(from, async (copy) => {
          const works = [() => first(copy), () => second(copy)];
          const answers = how === 'free' ? works.map((work) => work()) : atOnce(shop.dataSource, copy.account, works);
          return (await (Array.isArray(answers) ? Promise.all(answers) : answers)) as [string, string];
        });
        expect(inSequence).toContainEqual(inParallel);
      });
      await fc.assert(property, { numRuns: ROUNDS, endOnFailure: true });
    },
    LONG,
  );
});
