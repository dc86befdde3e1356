import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MfaService, PolicyService } from '#mfa';
import { wrongCode, type ApiClient } from '#testing';
import { Shop, type Person } from './shop/shop.js';

const ROUNDS = 200;
const GUESSES = 9;
const LONG = 240_000;
const WRONG = wrongCode('000000');

/** What a guess may get: it was judged before the method ended, or behind that. */
const JUDGED = '403 5901';
const ENROLMENT_ASKED = '403 5913';

describe('The end of a method beside parallel wrong codes', () => {
  let shop: Shop;
  let apis: readonly ApiClient[];

  beforeAll(async () => {
    shop = await Shop.open();
    apis = [shop.apis[0]!, await shop.addInstance()];
  });
  afterAll(() => shop.close());

  let turn = 0;

  const mfa = (): MfaService => shop.instances[0]!.get(MfaService);
  const removal = ({ kind, id }: Person): Promise<unknown> =>
    mfa().remove({ kind, id }, null, { kind: 'user', id: 'administrator' });

  /** An action that needs a method always, so that nothing passes behind the end of the method. */
  const wipe = async (person: Person): Promise<string> => {
    const { status, json } = await person.call('DELETE', '/settings', WRONG);
    return json?.errors ? `${status} ${json.errors[0].code}` : String(status);
  };

  /** Sends guesses, and in the middle of them what ends the method; every counted guess was refused, and no other. */
  const race = async (
    person: Person,
    guess: (at: Person) => Promise<string>,
    end: () => Promise<unknown>,
  ): Promise<readonly string[]> => {
    const guesses = (count: number): Promise<string>[] =>
      Array.from({ length: count }, (_, n) => guess(person.at(apis[n % apis.length]!)));
    const before = guesses(Math.floor(GUESSES / 2));
    // at once, or when some were judged: so that guesses come before, between and behind it
    const ended = (turn += 1) % 2 ? end() : Promise.race(before).then(end);
    const answers = await Promise.all([...before, ...guesses(GUESSES - before.length)]);
    await ended;
    const [row] = await shop.dataSource.query<{ misses: number }[]>(
      `SELECT miss_count::int AS misses FROM mfa_account WHERE account_id = $1`,
      [person.id],
    );
    expect(row?.misses).toBe(answers.filter((answer) => answer === JUDGED).length);
    return answers;
  };

  it(
    'lets none of 9 pass beside a removal by an administrator, in 200 rounds',
    async () => {
      const all: string[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const person = await shop.person().enroll('pigeon');
        all.push(...(await race(person, wipe, () => removal(person))));
      }
      expect([...new Set(all)].toSorted()).toEqual([JUDGED, ENROLMENT_ASKED]);
    },
    LONG,
  );

  it('lets none pass where an agent acts for a customer with MFA and loses the own method', async () => {
    const all: string[] = [];
    const customer = await shop.person().enroll('pigeon');
    for (let round = 0; round < 20; round += 1) {
      const agent = (await shop.person('user').enroll()).actingFor(customer);
      all.push(
        ...(await race(
          agent,
          (at) => at.order(WRONG),
          () => removal(agent),
        )),
      );
    }
    expect([...new Set(all)].toSorted()).toEqual([JUDGED, ENROLMENT_ASKED]);
  });

  it('lets none pass where a policy requires the method', async () => {
    const policies = shop.instances[0]!.get(PolicyService);
    const administrator = { account: { kind: 'user', id: 'administrator' }, sessionId: 'desk' } as const;
    const { uuid } = await policies.create(
      { appliesTo: 'company', value: 'Acme', requiredFrom: new Date(0), methods: ['pigeon'] },
      administrator,
    );
    const all: string[] = [];
    for (let round = 0; round < 50; round += 1) {
      const person = (await shop.person().enroll('pigeon')).under('company:Acme');
      all.push(
        ...(await race(
          person,
          (at) => at.order(WRONG),
          () => removal(person),
        )),
      );
    }
    await policies.delete(uuid, administrator);
    expect([...new Set(all)].toSorted()).toEqual([JUDGED, ENROLMENT_ASKED]);
  });

  it('lets none pass beside a deactivation by the person', async () => {
    const all: string[] = [];
    for (let round = 0; round < 50; round += 1) {
      const person = await shop.person().enroll('pigeon');
      const code = await person.requestCode('pigeon');
      expect(await person.order(code)).toBe('201');
      all.push(...(await race(person, wipe, () => person.deactivate(code, 'pigeon'))));
    }
    expect([...new Set(all)].toSorted()).toEqual([JUDGED, ENROLMENT_ASKED]);
  });
});
