import { Inject, Injectable } from '@nestjs/common';
import { AccountStateRepository, type Transaction } from '../persistence/account-state.repository.js';
import { AuditEntryRepository } from '../persistence/audit-entry.repository.js';
import { FactorsRepository, type AccountOverview } from '../persistence/factors.repository.js';
import { PurgeRepository } from '../persistence/purge.repository.js';
import type { Account, AccountKind, Actor } from './account.js';
import type { AuditNote } from './audit.js';
import { DecisionContext } from './decision-context.js';
import { pass, type Decision, type Rules } from './decisions/decision.js';
import { decideEnd, decideRemoval, decideUnlock, decideVoiding, type Voiding } from './decisions/removal.js';
import type { AccountState } from './account-state.js';
import { sendsCodes } from './method.js';
import { MethodRegistry } from './method-registry.js';
import { MFA_OPTIONS, type ResolvedMfaOptions } from './mfa.options.js';

const PURGE_BATCH_SIZE = 1000;
const NO_GRANTS = { sessionIds: [], aliveSessionIds: [] };

/** A change of what protects an account, other than its second factor, made by its person or by somebody else. */
export interface ProtectionChange {
  readonly account: Account;
  readonly actor: Actor;
  readonly event: 'address-changed' | 'password-set' | 'roles-changed';
  /** Whether the change voids the account's codes and grants. */
  readonly voidsCodes: boolean;
  readonly details?: object;
}

/** A login, successful or refused. */
export interface SignIn {
  readonly account: Account;
  /** With the id of the new session, if one was opened. */
  readonly actor: Actor;
  readonly event: 'signed-in' | 'sign-in-refused';
  readonly details: object;
}

/**
 * What an application calls about accounts, outside of the requests to the MFA endpoints.
 *
 * A given `manager` is the application's own transaction, in which it makes the change. It must already have locked its
 * own row of the account.
 */
@Injectable()
export class MfaService {
  constructor(
    private readonly states: AccountStateRepository,
    private readonly factors: FactorsRepository,
    private readonly entries: AuditEntryRepository,
    private readonly purging: PurgeRepository,
    private readonly registry: MethodRegistry,
    private readonly context: DecisionContext,
    @Inject(MFA_OPTIONS) private readonly options: ResolvedMfaOptions,
  ) {}

  /** Voids every code and grant of an account: at a login, after the password was verified. */
  async voidCodesOf({ kind, id }: Account): Promise<void> {
    await this.void({ kind, id }, { kind, id }, { ending: 'all', isChange: false });
  }

  /** Voids the codes and grants of a session that ended. */
  async voidSession({ kind, id }: Account, sessionId: string): Promise<void> {
    await this.void({ kind, id }, { kind, id, sessionId }, { ending: { sessionId }, isChange: false });
  }

  /** Records a change of what protects an account, and voids its codes and grants if the change asks for it. */
  async recordChange(
    { account, actor, event, voidsCodes, details }: ProtectionChange,
    manager: Transaction,
  ): Promise<void> {
    const note: AuditNote = { event, ...(details && { details }) };
    if (voidsCodes) return this.void(account, actor, { ending: 'all', isChange: true, note }, manager);
    await this.decide(account, actor, () => pass(undefined, undefined, [note]), manager);
  }

  /**
   * Records a login in the trail, if the account has an active method; entries of all other accounts would be too many.
   * This is one statement, also for an account that does not exist: the response time does not tell the difference.
   */
  async recordSignIn({ account, actor, event, details }: SignIn, manager: Transaction): Promise<void> {
    const context = { account, actor, at: this.options.now() };
    await this.entries.appendIfProtected([{ event, details }], context, manager);
  }

  /**
   * Records that an account was ended for good: removes its factors, codes and grants, and nothing can be set up for it
   * any more. Its audit trail stays.
   */
  async endAccount(account: Account, actor: Actor, manager: Transaction): Promise<void> {
    await this.decide(account, actor, decideEnd, manager);
  }

  /**
   * Removes one method of an account, or all (null), with its codes and grants (contract: section 4, rule 10). The
   * application decides who may do so.
   *
   * @returns the methods that were active or pending
   */
  remove(account: Account, method: string | null, actor: Actor, manager?: Transaction): Promise<readonly string[]> {
    return this.decide(account, actor, (state, rules) => decideRemoval(state, method, rules), manager);
  }

  /** @returns false if the account was not locked */
  unlock(account: Account, actor: Actor): Promise<boolean> {
    return this.decide(account, actor, decideUnlock);
  }

  overviewOf(account: Account): Promise<AccountOverview> {
    return this.factors.overview(account, this.options.limits[account.kind].attemptLimit, this.options.now());
  }

  /** The names of the methods that this kind of account can set up. */
  methodsFor(kind: AccountKind): readonly string[] {
    return this.registry.offeredTo(kind).map(({ name }) => name);
  }

  /** Those of them that protect an account alone, and so can satisfy a policy. */
  protectingMethodsFor(kind: AccountKind): readonly string[] {
    return this.methodsFor(kind).filter((name) => !this.registry.backups.has(name));
  }

  /** The names of the methods that bring codes to people. */
  sendingMethodsFor(kind: AccountKind): readonly string[] {
    return this.registry
      .methodsOf(kind)
      .filter(sendsCodes)
      .map(({ name }) => name);
  }

  /** Whether the account has an active method. Until the transaction ends, no method can be activated. */
  hasActiveMethod(account: Account, manager: Transaction): Promise<boolean> {
    return this.factors.hasActive(account, manager);
  }

  /** The active methods by account id. Accounts without any are left out. */
  activeMethods(
    kind: AccountKind,
    ids: readonly string[],
    manager?: Transaction,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    return this.factors.activeMethods(kind, ids, manager);
  }

  /** The estimated number of codes and grants, for the progress of a purge. */
  estimateCodes(): Promise<number> {
    return this.purging.estimate();
  }

  /**
   * Deletes expired codes, grants and set-ups in small batches.
   *
   * @param onBatch called after each batch with the numbers of rows seen and deleted so far
   * @returns the number of deleted rows
   */
  purge(onBatch?: (seen: number, purged: number) => void): Promise<number> {
    return this.purging.purge(this.options.now(), PURGE_BATCH_SIZE, onBatch);
  }

  private async void(account: Account, actor: Actor, voiding: Voiding, manager?: Transaction): Promise<void> {
    await this.decide(
      account,
      actor,
      async (state, rules) => {
        // codes and grants exist only with a factor
        if (state.factors.length === 0) return decideVoiding(state, NO_GRANTS, voiding, rules);
        const grants = await this.states.loadGrants(account, rules.now, manager);
        return decideVoiding(state, grants, voiding, rules);
      },
      manager,
    );
  }

  private async decide<T>(
    account: Account,
    actor: Actor,
    decision: (state: AccountState, rules: Rules) => Decision<T> | Promise<Decision<T>>,
    manager?: Transaction,
  ): Promise<T> {
    const { subject, rules } = this.context.about(account, actor);
    const outcome = await this.states.decide(subject, (state) => decision(state, rules), manager);
    if ('passed' in outcome) return outcome.passed;
    throw new TypeError('what an application does is not refused');
  }
}
