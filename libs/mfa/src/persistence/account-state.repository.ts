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

/** A transaction of the application, which changes the account and its second factor together. */
export type Transaction = EntityManager;

/** The account that a decision is about, and who acts on it. */
export interface Subject {
  readonly account: Account;
  /** The session whose grant is loaded. Empty: no grant is loaded. */
  readonly sessionId: string;
  readonly policyKeys?: readonly string[];
  readonly onBehalfOf?: Account;
  /** The state from an earlier request of the session. If the revision is still the same, nothing else is read. */
  readonly remembered?: AccountState;
  readonly actor: Actor;
  readonly at: Date;
  /** The methods that do not protect an account alone. */
  readonly backups: ReadonlySet<string>;
}

/** More rounds than parallel decisions can need: one decision wins each round, and too many misses lock the account. */
const MOST_ROUNDS = 64;
const CROWDED = 'too many decisions about one account at once';
const RETRY_AFTER_SECONDS = '1';

/** Loads the state of one account, and commits what was decided about it. */
@Injectable()
export class AccountStateRepository {
  private readonly turns = new Turns();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Loads the account, calls `decision`, and commits its changes if the account's revision is still the same. Otherwise
   * it starts again. Parallel requests thus have the same result as requests one after another.
   *
   * @param source a transaction of the application, in which the changes are made
   * @throws ApiException 503 if other decisions were faster too often
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
    // a transaction that holds locks must not wait for others, which may be waiting for its locks
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

  /**
   * Loads the data with which submitted values are compared, unless the state has it. If the account has changed since
   * the state was loaded, the commit fails.
   */
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

  /** @returns false, without any change, if the account no longer has the loaded revision */
  private async commit(
    { account, actor, at }: Subject,
    { revision }: AccountState,
    { changes, notes }: Decision<unknown>,
    source: Source,
  ): Promise<boolean> {
    const context = { account, actor, at };
    if (!changes) {
      // a refusal without changes needs no lock on the account, so many of them at once never retry
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

/** @throws ApiException 503 if no round succeeded */
async function repeated<T>(round: () => Promise<T | undefined>): Promise<T> {
  for (let rounds = 1; rounds < MOST_ROUNDS; rounds += 1) {
    const result = await round();
    if (result) return result;
  }
  throw new ApiException(GENERIC_ERRORS.unavailable, { 'retry-after': RETRY_AFTER_SECONDS }, CROWDED);
}
