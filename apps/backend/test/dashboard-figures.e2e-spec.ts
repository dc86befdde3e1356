import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Customer } from '#auth';
import { createCustomer, jobsDone, recordStatements } from '#testing';
import type { Counted } from '../src/counted-figures/counted-figures.service.js';
import {
  DashboardFiguresService,
  type DashboardDay,
  type DashboardFigures,
  type FigureRange,
} from '../src/dashboard/dashboard-figures.service.js';
import { BackOffice } from './back-office.js';

const HOUR = 3600;
const DAY_MS = 24 * HOUR * 1000;

describe('The figures of the dashboard', () => {
  let office: BackOffice;

  beforeAll(async () => {
    office = await BackOffice.open();
  });
  afterAll(() => office.app.stop());

  const ask = async (range: FigureRange = 7): Promise<Counted<DashboardFigures> | undefined> =>
    (await office.app.get(DashboardFiguresService).ofDays(range)).last;
  /** As they are when the count that the question causes is done. */
  const figures = async (range?: FigureRange): Promise<DashboardFigures> => {
    await ask(range);
    await jobsDone(office.app.dataSource);
    return (await ask(range))!.value;
  };
  const days = async (range?: FigureRange): Promise<readonly DashboardDay[]> => (await figures(range)).days;
  const minutePasses = (): void => office.app.clock.advance(60);
  /** Goes to a time of the next day, in hours. */
  const goToNextDay = (hours: number): void => {
    const now = office.app.clock.now().getTime();
    const midnight = Math.floor(now / DAY_MS + 1) * DAY_MS;
    office.app.clock.advance((midnight - now) / 1000 + hours * HOUR);
  };
  const daysAgo = (count: number): Date => new Date(office.app.clock.now().getTime() - count * DAY_MS);

  it('are not there before the first count', async () => {
    expect(await ask()).toBeUndefined();
    await jobsDone(office.app.dataSource);
    expect((await ask())?.at).toEqual(office.app.clock.now());
  });

  it.each([7, 30, 90] as const)('are those of %i days in UTC, the last of which is today', async (range) => {
    const shown = (await days(range)).map(({ day }) => day.getTime());
    const today = Math.floor(office.app.clock.now().getTime() / DAY_MS) * DAY_MS;
    expect(shown).toEqual(Array.from({ length: range }, (_, index) => today - (range - 1 - index) * DAY_MS));
  });

  it('have the accounts of the end of each day beside those that were protected', async () => {
    goToNextDay(12);
    const before = (await days()).at(-1)!.accounts;
    minutePasses();
    await createCustomer(office.app.dataSource, { createdAt: daysAgo(3) });
    await createCustomer(office.app.dataSource, { createdAt: daysAgo(200), anonymizedAt: daysAgo(2) });
    await createCustomer(office.app.dataSource, { createdAt: daysAgo(1), anonymizedAt: daysAgo(1) });
    await office.user({ createdAt: daysAgo(1), status: 'inactive' });
    goToNextDay(12); // past days were counted before these accounts came
    const shown = (await days()).map(({ accounts }) => accounts);
    const [customers, users] = [before.customer, before.user];
    expect(shown.map(({ customer }) => customer - customers)).toEqual([1, 1, 2, 1, 1, 1, 1]);
    expect(shown.at(-1)!.user - users).toBe(1);
  });

  it('follow what happens today, at most a minute late', async () => {
    goToNextDay(12);
    const { sent, accepted, protectedAccounts } = (await days()).at(-1)!;
    await office.administrator();
    expect((await days()).at(-1)).toMatchObject({ sent, accepted });
    minutePasses();
    expect((await days()).at(-1)).toMatchObject({
      sent: sent + 1,
      accepted: accepted + 1,
      protectedAccounts: { user: protectedAccounts.user + 1 },
    });
  });

  it('count yesterday again until an hour after midnight, and keep it then', async () => {
    goToNextDay(23.9);
    await office.administrator();
    const late = (): Promise<unknown> =>
      office.app.dataSource.query(
        `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id)
         VALUES ('user', 'late', 'locked', $1, 'operator', 'ops')`,
        [new Date(Math.floor(office.app.clock.now().getTime() / DAY_MS) * DAY_MS - 1)],
      );
    const locksOfYesterday = async (): Promise<number> => (await days()).at(-2)!.locked;
    goToNextDay(0.01);
    const locks = await locksOfYesterday();
    await late();
    minutePasses();
    expect(await locksOfYesterday()).toBe(locks + 1);
    office.app.clock.advance(HOUR);
    expect(await locksOfYesterday()).toBe(locks + 1);
    await late();
    minutePasses();
    expect(await locksOfYesterday()).toBe(locks + 1);
  });

  it('are counted once for all who ask at the same time', async () => {
    goToNextDay(12);
    const counts = async (work: () => Promise<unknown>): Promise<number> =>
      (await recordStatements(work)).filter((text) => text.includes('date_bin')).length;
    const asked = Array.from({ length: 8 }, (_, index) => ([7, 30, 90] as const)[index % 3]!);
    const all = await counts(() => Promise.all(asked.map((range) => figures(range))));
    // the trail, the methods and the accounts, of past days and of today
    expect(all).toBe(6);
    expect(await counts(() => figures(90))).toBe(0);
    minutePasses();
    expect(await counts(() => Promise.all(asked.map((range) => figures(range))))).toBe(3);
  });

  it('are the last ones, with their moment, for those who ask during a count', async () => {
    await figures();
    const before = await ask();
    minutePasses();
    await office.app.dataSource.transaction(async (manager) => {
      await manager.query('LOCK TABLE customer'); // no count can end
      expect([await ask(), await ask()]).toEqual([before, before]);
    });
    await jobsDone(office.app.dataSource);
    expect((await ask())?.at).toEqual(office.app.clock.now());
  });

  it('are counted again after a count has failed', async () => {
    goToNextDay(12);
    await figures();
    const before = await ask();
    minutePasses();
    await office.app.dataSource.query('ALTER TABLE customer RENAME TO customer_elsewhere');
    await figures();
    expect(await ask()).toEqual(before);
    await office.app.dataSource.query('ALTER TABLE customer_elsewhere RENAME TO customer');
    minutePasses();
    await figures();
    expect((await ask())?.at).toEqual(office.app.clock.now());
  });

  it('say before which moment they are incomplete, and are counted again after an archive', async () => {
    expect((await figures()).archivedBefore).toBeNull();
    const archive = (before: string): Promise<unknown> =>
      office.app.dataSource.query(
        `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id, details)
         VALUES ('operator', 'audit-archive', 'archived', now(), 'operator', 'root', jsonb_build_object('before', $1::text))`,
        [before],
      );
    await archive('2025-06-01T00:00:00.000Z');
    await archive('2025-01-01T00:00:00.000Z');
    minutePasses();
    const reads = await recordStatements(async () => {
      expect((await figures()).archivedBefore).toEqual(new Date('2025-06-01T00:00:00Z'));
    });
    expect(reads.filter((text) => text.includes('date_bin'))).toHaveLength(6);
  });

  it('have no account without a day', async () => {
    minutePasses();
    const customers = await office.app.dataSource.getRepository(Customer).find();
    const existing = customers.filter(({ anonymizedAt }) => anonymizedAt === null).length;
    expect((await days(90)).at(-1)!.accounts.customer).toBe(existing);
  });
});
