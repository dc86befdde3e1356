import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { ApiException, GENERIC_ERRORS } from '#json-api';
import { run, type Source } from '#sql';
import type { Account, Actor } from '../core/account.js';
import type { AccountState, Evidence } from '../core/account-state.js';
import type { Decision, Outcome } from '../core/decisions/decision.js';
import type { OpenGrants } from '../core/decisions/removal.js';
import {
  evidenceOf,
  stateOf,
  surroundingsOf,
  type EvidenceRow,
  type RevisionRow,
  type StateRow,
} from './account-state.rows.js';
import { APPEND_ENTRIES, entryValues } from './audit-entry.sql.js';
import { commitStatement } from './commit.sql.js';
import { commitPlan } from './commit-values.js';
import { evidenceStatement, LOAD_GRANTS, loadStatement, revisionStatement, type EvidenceScope } from './load.sql.js';
import { Turns } from './turns.js';

/** A transaction of the application, in which a change of the account and its second factor succeed or fail together. */
export type Transaction = EntityManager;

/** Whom a decision is about, and who wants it. */
export interface Subject {
  readonly account: Account;
  /** The session whose grant is looked at; empty: none. */
  readonly sessionId: string;
  readonly policyKeys?: readonly string[];
  readonly onBehalfOf?: Account;
  /** As the session found the account before: all that is read is whether that is still so. */
  readonly remembered?: AccountState;
  readonly actor: Actor;
  readonly at: Date;
  /** The methods that protect nothing alone. */
  readonly backups: ReadonlySet<string>;
}

/** More rounds than a bound of failures allows: each has a winner, and misses end in a lock. */
const MOST_ROUNDS = 64;
const CROWDED = 'too many decisions about one account at once';
const RETRY_AFTER_SECONDS = '1';

/** The state of one account as a whole: what decides about it loads it, and commits what it has decided. */
@Injectable()
export class AccountStateRepository {
  private readonly turns = new Turns();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Loads the account, has it decided, and commits the changes if the account is still as it was loaded; else all of
   * it again. So parallel requests behave as if they came one after another.
   *
   * @param source a transaction of the application, with which the changes come true
   * @throws ApiException 503 when others were faster too often
   */
  async decide<T>(
    subject: Subject,
    decision: (state: AccountState) => Decision<T> | Promise<Decision<T>>,
    source: Source = this.dataSource,
  ): Promise<Outcome<T>> {
    const round = async (): Promise<Outcome<T> | undefined> => {
      const state = await this.load(subject, source);
      const decided = await decision(state);
      return (await this.commit(subject, state, decided, source)) ? decided.outcome : undefined;
    };
    const outcome = await round();
    if (outcome) return outcome;
    // who holds locks of the application must not wait for others who may wait for them
    if (source !== this.dataSource) return repeated(round);
    const { kind, id } = subject.account;
    return this.turns.take(`${kind} ${id}`, () => repeated(round));
  }

  async load(subject: Omit<Subject, 'actor' | 'at'>, source: Source = this.dataSource): Promise<AccountState> {
    const { account, sessionId, policyKeys = [], onBehalfOf, remembered, backups } = subject;
    const scope = { policies: policyKeys.length > 0, onBehalfOf: onBehalfOf !== undefined };
    const values = {
      account_kind: account.kind,
      account_id: account.id,
      session_id: sessionId,
      ...(scope.policies && { policy_keys: policyKeys }),
      ...(onBehalfOf && { acts_for_kind: onBehalfOf.kind, acts_for_id: onBehalfOf.id, backups: [...backups] }),
    };
    if (remembered) {
      const [now] = await run<RevisionRow>(source, revisionStatement(scope), values);
      if (now?.revision === remembered.revision) return { ...remembered, ...surroundingsOf(now) };
    }
    const [row] = await run<StateRow>(source, loadStatement(scope), values);
    return stateOf(account, sessionId, row);
  }

  /** What submitted values are compared with, as far as the state lacks it; changed since, it is committed for nothing. */
  async loadEvidence(
    { account: { kind, id }, evidence }: AccountState,
    scope: EvidenceScope,
    source: Source = this.dataSource,
  ): Promise<Evidence> {
    if (!scope.credentials && !scope.recoveryDigests) return evidence;
    const account = { account_kind: kind, account_id: id };
    const [row] = await run<EvidenceRow>(source, evidenceStatement(scope), account);
    return { ...evidenceOf(row), codes: evidence.codes };
  }

  async loadGrants({ kind, id }: Account, now: Date, source: Source = this.dataSource): Promise<OpenGrants> {
    const account = { account_kind: kind, account_id: id };
    const rows = await run<{ session_id: string; expires_at: Date }>(source, LOAD_GRANTS, account);
    const alive = rows.filter(({ expires_at: expiresAt }) => expiresAt > now);
    const idsOf = (grants: typeof rows): string[] => grants.map(({ session_id: sessionId }) => sessionId);
    return { sessionIds: idsOf(rows), aliveSessionIds: idsOf(alive) };
  }

  /** @returns false when the account is not in the loaded revision any more: nothing was changed then */
  private async commit(
    { account, actor, at }: Subject,
    { revision }: AccountState,
    { changes, notes }: Decision<unknown>,
    source: Source,
  ): Promise<boolean> {
    const context = { account, actor, at };
    if (!changes) {
      // a refusal alone does not wait for the account: a flood of them never retries
      if (notes.length > 0) await run(source, APPEND_ENTRIES, entryValues(notes, context));
      return true;
    }
    const { columns, parts } = commitPlan(changes, notes, context);
    const statement = commitStatement(revision === null, Object.keys(columns), [...parts.keys()]);
    const rows = await run(source, statement, {
      account_kind: account.kind,
      account_id: account.id,
      ...(revision !== null && { revision }),
      ...columns,
      ...Object.assign({}, ...parts.values()),
    });
    return rows.length > 0;
  }
}

/** @throws ApiException 503 */
async function repeated<T>(round: () => Promise<T | undefined>): Promise<T> {
  for (let rounds = 1; rounds < MOST_ROUNDS; rounds += 1) {
    const result = await round();
    if (result) return result;
  }
  throw new ApiException(GENERIC_ERRORS.unavailable, { 'retry-after': RETRY_AFTER_SECONDS }, CROWDED);
}
