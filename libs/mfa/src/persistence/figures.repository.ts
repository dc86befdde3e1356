import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { run } from '#sql';
import type { AccountKind } from '../core/account.js';
import type { MethodChanges } from '../core/protection-history.js';
import { ALLOW_MORE_MEMORY, DAILY_COUNTS, LOST_METHODS, PROTECTED_NOW } from './figures.sql.js';

/** Entries of one day, which begins at `day`. */
export interface DailyCount {
  readonly day: Date;
  readonly sent: number;
  readonly accepted: number;
  readonly refused: number;
  readonly locked: number;
}

/** How many of the accounts that are protected now became so on a day, or before the first one. */
export interface ProtectedSince {
  readonly kind: AccountKind;
  readonly day: Date;
  readonly accounts: number;
}

interface Counting {
  readonly since: Date;
  readonly until: Date;
  /** The error code of a wrong code. */
  readonly wrongCode: string;
  readonly backups: readonly string[];
}

/** Reads figures over all accounts. `since` is a midnight in UTC; days without any have no row. */
@Injectable()
export class FiguresRepository {
  countEntries({ wrongCode, ...days }: Counting, manager: EntityManager): Promise<DailyCount[]> {
    return run<DailyCount>(manager, DAILY_COUNTS, { ...days, wrong_code: wrongCode });
  }

  async countProtected(since: Date, backups: readonly string[], manager: EntityManager): Promise<ProtectedSince[]> {
    await run(manager, ALLOW_MORE_MEMORY);
    return run<ProtectedSince>(manager, PROTECTED_NOW, { since, backups });
  }

  /** What happened to the methods of the accounts that lost one since then. */
  findLosses(since: Date, backups: readonly string[], manager: EntityManager): Promise<MethodChanges[]> {
    return run<MethodChanges>(manager, LOST_METHODS, { since, backups });
  }
}
