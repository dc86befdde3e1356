import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MfaFiguresService, midnightBefore, MfaService, type Account, type AccountKind, type DayFigures } from '#mfa';
import { wrongCode } from '#testing';
import { Shop, type Person } from './shop/shop.js';

const OPERATOR = { kind: 'operator', id: 'ops', reason: 'a test' } as const;
const DAY_SECONDS = 86_400;

describe('Figures', () => {
  let shop: Shop;
  let firstDay: Date;

  beforeAll(async () => {
    shop = await Shop.open({ limits: { sendBurst: 20 } });
    firstDay = midnightBefore(shop.clock.now());
  });
  afterAll(() => shop.close());

  const mfa = (): MfaService => shop.instances[0]!.get(MfaService);
  const today = (): Date => midnightBefore(shop.clock.now());
  const days = (since = today()): Promise<readonly DayFigures[]> =>
    shop.instances[0]!.get(MfaFiguresService).days(since, midnightBefore(shop.clock.now(), -1));
  /** Goes to that many seconds before the end of the day. */
  const goToLast = (seconds: number): void => {
    const end = midnightBefore(shop.clock.now(), -1).getTime();
    shop.clock.advance((end - shop.clock.now().getTime()) / 1000 - seconds);
  };
  const nextDay = (): void => {
    goToLast(-1);
  };
  /** From the table of the moment itself. */
  const protectedNow = async (): Promise<Record<AccountKind, number>> => {
    const rows = await shop.dataSource.query<{ kind: AccountKind; accounts: number }[]>(
      `SELECT account_kind AS kind, count(DISTINCT account_id)::int AS accounts FROM mfa_factor
       WHERE status = 2 AND method <> 'recovery-code' GROUP BY 1`,
    );
    return { customer: 0, user: 0, ...Object.fromEntries(rows.map(({ kind, accounts }) => [kind, accounts])) };
  };
  const enable = async (person: Person, method: string): Promise<void> => {
    const [other] = (await mfa().activeMethods(person.kind, [person.id])).get(person.id) ?? [];
    await person.activate(method, other && (await person.requestCode(other)));
    await person.verify(person.code(method), method);
  };
  const accountOf = ({ kind, id }: Person): Account => ({ kind, id });
  const end = (account: Account): Promise<void> =>
    shop.dataSource.transaction((manager) => mfa().endAccount(account, OPERATOR, manager));

  it('count codes that were sent, accepted, and wrong, and locks, on their day', async () => {
    nextDay();
    const person = await shop.person().enroll(); // sent, accepted
    expect(await person.order()).toBe('403 5900'); // no code was refused
    const code = await person.requestCode(); // sent
    expect(await person.order(wrongCode(code))).toBe('403 5901');
    expect(await person.order(code)).toBe('201');
    expect(await person.order(code)).toBe('201'); // not accepted again
    nextDay();
    for (let misses = 0; misses < 10; misses += 1) {
      await person.inSession('two').trigger(); // sent
      await person.inSession('two').order(wrongCode(person.code()));
    }
    nextDay();
    const [one, other, none] = await days(midnightBefore(shop.clock.now(), 2));
    expect(one).toMatchObject({ sent: 2, accepted: 2, refused: 1, locked: 0 });
    expect(other).toMatchObject({ sent: 10, accepted: 0, refused: 10, locked: 1 });
    expect(none).toEqual({
      day: today(),
      sent: 0,
      accepted: 0,
      refused: 0,
      locked: 0,
      protectedAccounts: await protectedNow(),
    });
  });

  it('begin a day at midnight in UTC', async () => {
    nextDay();
    goToLast(0.001);
    const person = shop.person();
    await person.activate();
    shop.clock.advance(0.001);
    await person.verify(person.code());
    const [before, after] = await days(midnightBefore(shop.clock.now(), 1));
    expect([before!.sent, before!.accepted]).toEqual([1, 0]);
    expect([after!.sent, after!.accepted]).toEqual([0, 1]);
    expect(after!.protectedAccounts.customer - before!.protectedAccounts.customer).toBe(1);
  });

  it('know of each past day how many accounts were protected at its end', async () => {
    const people = [...['a', 'b', 'c', 'd'].map((id) => shop.person('customer', `history-${id}`)), shop.person('user')];
    const does: Readonly<Record<string, (person: Person) => Promise<unknown>>> = {
      'enables e-mail': (person) => enable(person, 'email'),
      'enables pigeons': (person) => enable(person, 'pigeon'),
      'begins only': (person) => person.activate(),
      'gets recovery codes': async (person) => person.activate('recovery-code', await person.requestCode()),
      'disables e-mail': async (person) => person.deactivate(await person.requestCode()),
      'loses e-mail': (person) => mfa().remove(accountOf(person), 'email', OPERATOR),
      'loses all': (person) => mfa().remove(accountOf(person), null, OPERATOR),
    };
    const seed = Math.floor(Math.random() * 2 ** 31);
    const step = fc.record({ who: fc.constantFrom(...people), does: fc.constantFrom(...Object.keys(does)) });
    const steps = fc.sample(step, { numRuns: 120, seed });
    nextDay();
    const began = today();
    const counted: Record<AccountKind, number>[] = [];
    for (const [index, { who, does: what }] of steps.entries()) {
      await does[what]!(who).catch(() => undefined); // not everything is possible at every time
      shop.clock.advance(3600);
      if (index % 8 !== 7) continue;
      goToLast(1);
      counted.push(await protectedNow());
      nextDay();
    }
    await end(accountOf(people[0]!));
    counted.push(await protectedNow());
    const figures = await days(began);
    expect(
      figures.map(({ protectedAccounts }) => protectedAccounts),
      `seed ${seed}`,
    ).toEqual(counted);
  });

  it('count an account that has ended up to its end', async () => {
    nextDay();
    const person = await shop.person('user').enroll();
    nextDay();
    await end(accountOf(person));
    const [before, after] = await days(midnightBefore(shop.clock.now(), 1));
    expect(after!.protectedAccounts.user - before!.protectedAccounts.user).toBe(-1);
    expect(after!.protectedAccounts).toEqual(await protectedNow());
  });

  it('do not count an account whose only method is a backup', async () => {
    const before = await days();
    const { kind, id } = shop.person('user');
    await shop.dataSource.query(`INSERT INTO mfa_account (account_kind, account_id) VALUES ($1, $2)`, [kind, id]);
    await shop.dataSource.query(
      `INSERT INTO mfa_factor (account_kind, account_id, method, status, activated_at)
       VALUES ($1, $2, 'recovery-code', 2, $3)`,
      [kind, id, shop.clock.now()],
    );
    expect(await days()).toEqual(before);
  });

  it('have a day for each day, also before there was anything', async () => {
    const figures = await days(midnightBefore(firstDay, 90));
    const moments = figures.map(({ day }) => day.getTime());
    expect(figures.length).toBeGreaterThan(90);
    expect(moments).toEqual(moments.map((_, index) => moments[0]! + index * DAY_SECONDS * 1000));
    expect(figures[0]).toMatchObject({ sent: 0, accepted: 0, protectedAccounts: { customer: 0, user: 0 } });
  });
});
