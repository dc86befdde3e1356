import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MfaService } from '#mfa';
import { Shop, type Person } from '../shop/shop.js';
import { atOnce } from './at-once.js';

const TABLES = ['mfa_factor', 'mfa_code', 'mfa_grant', 'mfa_credential', 'mfa_recovery_code'];
const ROUNDS = 60;
const LONG = 120_000;

describe('The end of an account beside a set-up', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
    await shop.addInstance();
  });
  afterAll(() => shop.close());

  const end = async ({ kind, id }: Person): Promise<string> => {
    const mfa = shop.instances[1]!.get(MfaService);
    await shop.dataSource.transaction((manager) => mfa.endAccount({ kind, id }, { kind, id }, manager));
    return 'ended';
  };
  const left = async ({ id }: Person): Promise<string[]> => {
    const tables = TABLES.map((table) => `SELECT '${table}' AS name FROM ${table} WHERE account_id = $1`);
    const rows = await shop.dataSource.query<{ name: string }[]>(tables.join(' UNION ALL '), [id]);
    return rows.map(({ name }) => name);
  };
  /** A person of whom nothing, or a set-up in progress, is stored. */
  const personOf = async (round: number): Promise<Person> => {
    const person = shop.person();
    if (round % 2) expect(await person.activate('pigeon')).toBe('204');
    return person;
  };
  const methodOf = (round: number): string => (round % 3 ? 'totp' : 'pigeon');

  const expectNothingLeft = async (person: Person, answers: readonly string[]): Promise<void> => {
    expect(['201', '204', '400 5907', 'ended']).toEqual(expect.arrayContaining([...answers]));
    expect(await left(person)).toEqual([]);
    expect(await person.activate('pigeon')).toBe('400 5907');
    expect(await person.activate('totp')).toBe('400 5907');
  };

  it(
    'leaves nothing, whichever comes first',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const person = await personOf(round);
        const works = [() => person.activate(methodOf(round)), () => end(person)];
        await expectNothingLeft(person, await Promise.all(works.map((work) => work())));
      }
    },
    LONG,
  );

  it(
    'leaves nothing where both have decided on the same state',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const person = await personOf(round);
        const works = [() => person.activate(methodOf(round)), () => end(person)];
        await expectNothingLeft(
          person,
          await atOnce(shop.dataSource, person, round % 4 < 2 ? works : works.toReversed()),
        );
      }
    },
    LONG,
  );
});
