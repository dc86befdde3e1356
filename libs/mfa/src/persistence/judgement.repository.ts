import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Caller } from '../core/account.js';
import type { CodePurpose } from '../core/code.js';
import type { Factors, FactorStatus } from '../core/factor.js';
import type { SetupDemand } from '../core/policy.js';
import type { MfaLimits } from '../mfa.options.js';
import { JUDGE, READ } from './judgement-statements.repository.js';
import { prepared } from './prepared.js';

/** What is asked of a submitted code. */
export interface Question {
  readonly caller: Caller;
  /** MACs of the submitted value for each method in question and each live key; empty: no value was submitted. */
  readonly macs: readonly Buffer[];
  readonly purpose: CodePurpose;
  /** Whether a code that opened the session's grant may be used again. */
  readonly acceptGrant: boolean;
  /** The code is judged only if this method (any method: null) has this status. */
  readonly method: string | null;
  readonly status: FactorStatus;
  /** What a right code does to the method, beside opening a grant. */
  readonly effect: 'none' | 'activate' | 'deactivate';
  readonly setup: SetupDemand;
  readonly limits: MfaLimits;
  readonly now: Date;
}

export interface Judgement {
  /** The account's factors at the moment of the decision. */
  readonly factors: Factors;
  /** Set while the account is locked; no value is judged then. */
  readonly lockedUntil: Date | null;
  /**
   * `consumed`: right, first use; `reused`: right, within its grant; `wrong`: anything else, and it was counted;
   * null: not judged (nothing submitted, locked, or the method has another status).
   */
  readonly verdict: 'consumed' | 'reused' | 'wrong' | null;
  /** The method whose code it was. */
  readonly method: string | null;
  /** This wrong value was the one that locked the account. */
  readonly lockedNow: boolean;
  /** A method must be set up first; no value is judged then. */
  readonly setupRequired: boolean;
  /** A policy in force requires the method that was to be removed; the code was judged, the method stays. */
  readonly methodRequired: boolean;
}

interface JudgementRow extends Omit<Judgement, 'factors'> {
  readonly factors: Record<string, FactorStatus> | null;
}

/** Decides about submitted codes; nothing else does. */
@Injectable()
export class JudgementRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async judge(question: Question): Promise<Judgement> {
    const { caller, macs, purpose, acceptGrant, method, status, effect, limits, now } = question;
    const { attemptLimit, failureLimit, lockSeconds, graceSeconds } = limits;
    const { account, sessionId, actsFor, origin, policyKeys } = caller;
    const other = [actsFor?.kind ?? null, actsFor?.id ?? null];
    const from = [origin?.requestId ?? null, origin?.clientAddress ?? null];
    const demanded = [policyKeys ?? [], question.setup];
    const asked = [account.kind, account.id, sessionId, now, macs, purpose, acceptGrant, method, status];
    const ruled = [attemptLimit, failureLimit, lockSeconds, graceSeconds, effect];
    const [row] =
      macs.length === 0
        ? await prepared<JudgementRow>(this.dataSource, READ, [
            ...[account.kind, account.id, now, ...other, sessionId],
            ...[...from, ...demanded],
          ])
        : await prepared<JudgementRow>(this.dataSource, JUDGE, [...asked, ...ruled, ...other, ...from, ...demanded]);
    if (!row) throw new TypeError('the statement answers one row');
    return { ...row, factors: new Map(Object.entries(row.factors ?? {})) };
  }
}
