import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeBase32, outcome, type ApiClient } from '#testing';
import { hotp, stepOf } from '../../src/methods/totp/totp.js';
import { Shop, type Person } from '../shop/shop.js';

const ROUNDS = 20;
const REQUESTS = 200;
const LONG = 120_000;

describe('Values that are good once', () => {
  let shop: Shop;
  let apis: readonly ApiClient[];

  beforeAll(async () => {
    shop = await Shop.open();
    apis = [shop.apis[0]!, await shop.addInstance()];
  });
  afterAll(() => shop.close());

  /** A grant in session `one`, with the value that opened it, and a list of recovery codes. */
  const withRecoveryCodes = async () => {
    const person = await shop.person().enroll('pigeon');
    const granted = await person.requestCode('pigeon');
    expect(await person.order(granted)).toBe('201');
    const { json } = await person.endpoint('type-activate', 'recovery-code', granted);
    const codes = json.data.attributes.codes as string[];
    return { person, granted, codes };
  };
  /** Verified by the value of the step before, so that this step's is good. */
  const withTotp = async () => {
    const person = shop.person();
    const { json } = await person.endpoint('type-activate', 'totp');
    const secret = decodeBase32(json.data.attributes.secret);
    const step = stepOf(shop.clock.now());
    expect(await person.verify(hotp(secret, step - 1n), 'totp')).toBe('204');
    return { person, value: hotp(secret, step) };
  };
  const countsOf = async ({ id }: Person): Promise<object> => {
    const [row] = await shop.dataSource.query<object[]>(
      `SELECT miss_count::int AS misses, failure_count AS failures FROM mfa_account WHERE account_id = $1`,
      [id],
    );
    return row!;
  };
  const orders = async (
    person: Person,
    value: string,
    sessions: readonly string[],
  ): Promise<Record<string, number>> => {
    const answers = await Promise.all(
      sessions.map((session, n) =>
        person
          .inSession(session)
          .at(apis[n % apis.length]!)
          .order(value),
      ),
    );
    const counts: Record<string, number> = {};
    for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
    return counts;
  };
  const sessions = (count: number): string[] => Array.from({ length: count }, (_, n) => `session ${n}`);

  it(
    'let one of 9 sessions pass by one recovery code, and count 8 misses',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const { person, codes } = await withRecoveryCodes();
        expect(await orders(person, codes[round % codes.length]!, sessions(9))).toEqual({ '201': 1, '403 5901': 8 });
        expect(await person.remaining()).toBe(9);
        expect(await countsOf(person)).toEqual({ misses: 8, failures: 8 });
      }
    },
    LONG,
  );

  it(
    'never keep an old recovery code beside the new list, whichever comes first',
    async () => {
      for (let round = 0; round < ROUNDS * 2; round += 1) {
        const { person, granted, codes } = await withRecoveryCodes();
        const elsewhere = person.inSession('elsewhere').at(apis[1]!);
        const use = (): Promise<string> => elsewhere.order(codes[0]);
        const renew = async (): Promise<string> =>
          outcome(await person.endpoint('type-activate', 'recovery-code', granted));
        const [used, renewed] =
          round % 2 ? await Promise.all([use(), renew()]) : (await Promise.all([renew(), use()])).toReversed();
        expect(renewed).toBe('201');
        expect(['201', '403 5901']).toContain(used);
        expect(await person.remaining()).toBe(10);
        expect([await elsewhere.order(codes[0]), await elsewhere.order(codes[1])]).toEqual(['403 5901', '403 5901']);
      }
    },
    LONG,
  );

  it(
    'consume a TOTP value once for 200 requests of one session, and count no miss',
    async () => {
      const { person, value } = await withTotp();
      const session = Array.from({ length: REQUESTS }, () => 'two');
      expect(await orders(person, value, session)).toEqual({ '201': REQUESTS });
      expect(await countsOf(person)).toEqual({ misses: 0, failures: 0 });
      expect(await eventsOf(person, 'accepted')).toBe(1);
    },
    LONG,
  );

  it(
    'consume a TOTP value once for 200 sessions; the others are misses until the lock',
    async () => {
      const { person, value } = await withTotp();
      expect(await orders(person, value, sessions(REQUESTS))).toEqual({ '201': 1, '403 5901': 10, '429 5911': 189 });
      expect(await countsOf(person)).toEqual({ misses: 10, failures: 10 });
    },
    LONG,
  );

  const eventsOf = async ({ id }: Person, event: string): Promise<number> => {
    const rows = await shop.dataSource.query<unknown[]>(
      'SELECT FROM mfa_audit_event WHERE account_id = $1 AND event = $2',
      [id, event],
    );
    return rows.length;
  };
});
