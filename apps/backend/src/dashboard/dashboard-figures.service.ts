import { Injectable } from '@nestjs/common';
import { MfaFiguresService, midnightBefore, type AccountKind, type DayFigures } from '#mfa';
import { Clock } from '#platform';
import { AccountTotalsRepository } from './account-totals.repository.js';

/** How many days a dashboard may show. */
export const FIGURE_RANGES = [7, 30, 90] as const;
export type FigureRange = (typeof FIGURE_RANGES)[number];

export interface DashboardDay extends DayFigures {
  /** All accounts at the end of the day: customers that were not anonymised, and users, active or not. */
  readonly accounts: Readonly<Record<AccountKind, number>>;
}

export interface DashboardFigures {
  /** In UTC, oldest first. The last one is today, up to now. */
  readonly days: readonly DashboardDay[];
  /** Codes of days before this moment are missing, because entries of the trail were archived. Null if none were. */
  readonly archivedBefore: Date | null;
}

const LONGEST_RANGE = Math.max(...FIGURE_RANGES);
const MINUTE_MS = 60_000;
/** No transaction takes as long as this, so entries of a day that ended before are all there. */
const SETTLING_MS = 60 * MINUTE_MS;

/** The answer of a costly question, kept as long as it is asked with the same key. A failed one is asked again. */
class Kept<T> {
  private current: { readonly key: string; readonly answer: Promise<T> } | undefined;

  get(key: string, ask: () => Promise<T>): Promise<T> {
    if (this.current?.key === key) return this.current.answer;
    const asked = { key, answer: ask() };
    this.current = asked;
    asked.answer.catch(() => {
      if (this.current === asked) this.current = undefined;
    });
    return asked.answer;
  }
}

/**
 * The figures behind the dashboard of the Back Office.
 *
 * Each process counts past days once and keeps them, at most 90, because they do not change any more. It counts the
 * present day (and in its first hour the day before) again at most once a minute. Whoever asks meanwhile waits for the
 * same count.
 */
@Injectable()
export class DashboardFiguresService {
  private readonly past = new Kept<readonly DashboardDay[]>();
  private readonly present = new Kept<readonly DashboardDay[]>();

  constructor(
    private readonly figures: MfaFiguresService,
    private readonly totals: AccountTotalsRepository,
    private readonly clock: Clock,
  ) {}

  async ofDays(range: FigureRange): Promise<DashboardFigures> {
    const now = this.clock.now();
    const archivedBefore = await this.figures.archivedBefore();
    const settled = midnightBefore(new Date(now.getTime() - SETTLING_MS));
    const past = await this.past.get(`${settled.getTime()} ${archivedBefore?.getTime()}`, () =>
      this.read(midnightBefore(settled, LONGEST_RANGE), settled),
    );
    const minute = Math.floor(now.getTime() / MINUTE_MS);
    const present = await this.present.get(`${minute}`, () => this.read(settled, midnightBefore(now, -1)));
    return { days: [...past, ...present].slice(-range), archivedBefore };
  }

  private async read(since: Date, until: Date): Promise<readonly DashboardDay[]> {
    const days = await this.figures.days(since, until);
    const totals = await this.totals.atEndsOf(days.map(({ day }) => day));
    return days.map((day, index) => ({ ...day, accounts: totals[index] ?? { customer: 0, user: 0 } }));
  }
}
