import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AuditChainRepository } from '../persistence/audit-chain.repository.js';
import { FiguresRepository, type DailyCount, type ProtectedSince } from '../persistence/figures.repository.js';
import type { AccountKind } from './account.js';
import { MFA_ERRORS } from './mfa-errors.js';
import { MethodRegistry } from './method-registry.js';
import { formerProtection, type Span } from './protection-history.js';

/** What happened on one day in UTC. */
export interface DayFigures {
  /** Midnight in UTC, when the day begins. */
  readonly day: Date;
  /** Codes that were handed to their method; some could not be sent. */
  readonly sent: number;
  /**
   * Codes that were accepted for the first time: for an action, or to complete a set-up. The code that ends a method is
   * not among them, because it may be a repeated one.
   */
  readonly accepted: number;
  /** Wrong codes (5901). Requests without a code are none. */
  readonly refused: number;
  /** Accounts that were locked after too many wrong codes. */
  readonly locked: number;
  /** Accounts with an active method other than a backup at the end of the day; of the present day, now. */
  readonly protectedAccounts: Readonly<Record<AccountKind, number>>;
}

const wrongCode = MFA_ERRORS.codeInvalid.code;
const NOTHING = { sent: 0, accepted: 0, refused: 0, locked: 0 };
const DAY_MS = 86_400_000;

/** Midnight in UTC of so many days before the day of a moment. */
export function midnightBefore(moment: Date, days = 0): Date {
  return new Date(Math.floor(moment.getTime() / DAY_MS - days) * DAY_MS);
}

/** Counts over all accounts and days, for those who run the application. */
@Injectable()
export class MfaFiguresService {
  constructor(
    private readonly figures: FiguresRepository,
    private readonly chains: AuditChainRepository,
    private readonly registry: MethodRegistry,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /**
   * The figures of consecutive days, oldest first. A day without events has zeros; a day that is not over, what happened
   * so far.
   *
   * Codes are counted in the audit trail. Protected accounts have two sources: those of now, each from the activation of
   * its oldest active method on, and the trail of those that have lost a method since. If an account has ended, and the
   * activation of its methods was archived, it counts as never protected.
   *
   * This reads the entries of the days by an index, and all active methods of all accounts. The figures of a past day
   * stay the same, apart from entries whose transactions end after it.
   *
   * @param since midnight in UTC of the first day
   * @param until midnight in UTC after the last day
   */
  async days(since: Date, until: Date): Promise<readonly DayFigures[]> {
    // one snapshot: nobody counts twice who ends a method meanwhile
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const backups = [...this.registry.backups];
      const counts = await this.figures.countEntries({ since, until, wrongCode, backups }, manager);
      const present = await this.figures.countProtected(since, backups, manager);
      const losses = await this.figures.findLosses(since, backups, manager);
      const former = losses.map((changes) => ({ kind: changes.kind, spans: formerProtection(changes) }));
      return daysBetween(since, until).map((day) => ({
        day,
        ...countedOn(day, counts),
        protectedAccounts: protectedOn(day, present, former),
      }));
    });
  }

  /** Codes of days before this moment are missing, because their entries were archived. Null if nothing was. */
  async archivedBefore(): Promise<Date | null> {
    const moments = (await this.chains.archives()).map(({ before }) => before);
    const last = moments.toSorted().at(-1);
    return last === undefined ? null : new Date(last);
  }
}

interface FormerProtection {
  readonly kind: AccountKind;
  readonly spans: readonly Span[];
}

function daysBetween(since: Date, until: Date): Date[] {
  const count = (until.getTime() - since.getTime()) / DAY_MS;
  return Array.from({ length: count }, (_, index) => new Date(since.getTime() + index * DAY_MS));
}

function countedOn(day: Date, counts: readonly DailyCount[]): Omit<DailyCount, 'day'> {
  const { sent, accepted, refused, locked } = counts.find((one) => one.day.getTime() === day.getTime()) ?? NOTHING;
  return { sent, accepted, refused, locked };
}

function protectedOn(
  day: Date,
  present: readonly ProtectedSince[],
  former: readonly FormerProtection[],
): DayFigures['protectedAccounts'] {
  const end = day.getTime() + DAY_MS;
  const accountsOf = (kind: AccountKind): number => {
    const since = present.filter((one) => one.kind === kind && one.day <= day);
    const lost = former.filter(
      (one) => one.kind === kind && one.spans.some(({ from, until }) => from < end && end <= until),
    );
    return since.reduce((sum, { accounts }) => sum + accounts, 0) + lost.length;
  };
  return { customer: accountsOf('customer'), user: accountsOf('user') };
}
