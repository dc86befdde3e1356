import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MfaFiguresService, midnightBefore, type AccountKind, type DayFigures } from '#mfa';
import { Clock } from '#platform';
import { CountedFigures, type Figure, type FigureCounter } from '../counted-figures/counted-figures.service.js';
import { AccountTotalsRepository } from './account-totals.repository.js';

/** How many days a dashboard may show. */
export const FIGURE_RANGES = [7, 30, 90] as const;
export type FigureRange = (typeof FIGURE_RANGES)[number];

export interface DashboardDay extends DayFigures {
  /** All accounts at the end of the day: customers that were not anonymised, and users, active or not. */
  readonly accounts: Readonly<Record<AccountKind, number>>;
}

export interface DashboardFigures {
  /** In UTC, oldest first. The last one is that of the count, up to its moment. */
  readonly days: readonly DashboardDay[];
  /** Codes of days before this moment are missing, because entries of the trail were archived. Null if none were. */
  readonly archivedBefore: Date | null;
}

/** What the job keeps. Moments are texts: it is JSON. */
interface KeptFigures {
  readonly days: readonly (Omit<DashboardDay, 'day'> & { readonly day: string })[];
  /** The days before it do not change any more. */
  readonly settled: string;
  readonly archivedBefore: string | null;
}

const LONGEST_RANGE = Math.max(...FIGURE_RANGES);
/** No transaction takes as long as this, so entries of a day that ended before are all there. */
const SETTLING_MS = 3_600_000;

/**
 * The figures behind the dashboard of the Back Office, which a job counts.
 *
 * Past days, at most 90, are counted once a day, because they do not change any more; the present day (and in its first
 * hour the day before) by every count.
 */
@Injectable()
export class DashboardFiguresService implements OnModuleInit {
  private readonly counter: FigureCounter<object, KeptFigures> = {
    task: 'dashboard-figures',
    renewalMs: 60_000,
    count: (_, last) => this.count(last),
  };

  constructor(
    private readonly counted: CountedFigures,
    private readonly figures: MfaFiguresService,
    private readonly totals: AccountTotalsRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.counted.register(this.counter);
  }

  /** As a job counted them last. */
  async ofDays(range: FigureRange): Promise<Figure<DashboardFigures>> {
    const { last, hasFailed = false } = (await this.counted.read(this.counter, [{}]))[0] ?? {};
    if (!last) return { last, hasFailed };
    const { days, archivedBefore } = last.value;
    const value = {
      days: days.slice(-range).map((one) => ({ ...one, day: new Date(one.day) })),
      archivedBefore: archivedBefore === null ? null : new Date(archivedBefore),
    };
    return { last: { value, at: last.at }, hasFailed };
  }

  private async count(last: KeptFigures | undefined): Promise<KeptFigures> {
    const now = this.clock.now();
    const archivedBefore = (await this.figures.archivedBefore())?.toISOString() ?? null;
    const start = midnightBefore(new Date(now.getTime() - SETTLING_MS));
    const settled = start.toISOString();
    const isPastKnown = last?.settled === settled && last.archivedBefore === archivedBefore;
    const past = isPastKnown
      ? last.days.filter(({ day }) => day < settled)
      : await this.read(midnightBefore(start, LONGEST_RANGE), start);
    const present = await this.read(start, midnightBefore(now, -1));
    return { days: [...past, ...present], settled, archivedBefore };
  }

  private async read(since: Date, until: Date): Promise<KeptFigures['days']> {
    const days = await this.figures.days(since, until);
    const totals = await this.totals.atEndsOf(days.map(({ day }) => day));
    return days.map((one, index) => ({
      ...one,
      day: one.day.toISOString(),
      accounts: totals[index] ?? { customer: 0, user: 0 },
    }));
  }
}
