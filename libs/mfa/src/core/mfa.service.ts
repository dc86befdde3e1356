import { Inject, Injectable } from '@nestjs/common';
import { MFA_OPTIONS, type ResolvedMfaOptions } from '../mfa.options.js';
import { AccountStateRepository, type AccountState } from '../persistence/account-state.repository.js';
import { appendAuditEntry } from '../persistence/audit-entry.repository.js';
import { CodeRepository, type Transaction } from '../persistence/code.repository.js';
import { FactorRepository } from '../persistence/factor.repository.js';
import { PurgeRepository } from '../persistence/purge.repository.js';
import type { Account, AccountKind, Actor } from './account.js';
import type { ProtectionChange } from './audit.js';
import { MethodRegistry } from './method-registry.js';

const PURGE_BATCH_SIZE = 1000;

/** What an application tells the library and asks it about accounts, beside the requests of their own. */
@Injectable()
export class MfaService {
  constructor(
    private readonly codes: CodeRepository,
    private readonly factors: FactorRepository,
    private readonly states: AccountStateRepository,
    private readonly purging: PurgeRepository,
    private readonly registry: MethodRegistry,
    @Inject(MFA_OPTIONS) private readonly options: ResolvedMfaOptions,
  ) {}

  /** Voids every code and grant of an account: at a login, after the password was found right. */
  voidAccount(account: Account, within?: Transaction): Promise<void> {
    return this.codes.voidAccount(account, within);
  }

  /**
   * Records a change of what protects an account in the application's transaction, and voids its codes and grants where
   * `voidsCodes` says so. The application has locked its own row of the account before.
   */
  async recordChange({ voidsCodes, ...change }: ProtectionChange, manager: Transaction): Promise<void> {
    if (voidsCodes) await this.codes.voidAccount(change.account, manager);
    await appendAuditEntry(manager, { ...change, at: this.options.now() });
  }

  /** Voids the codes and grants of a session that ended. */
  voidSession(account: Account, sessionId: string): Promise<void> {
    return this.codes.voidSession(account, sessionId);
  }

  /**
   * Forgets an account that ended for good, in the transaction that ends it: its factors, codes and counters. Its
   * audit trail stays.
   */
  forgetAccount(account: Account, by: Actor, within: Transaction): Promise<void> {
    return this.factors.forget(account, by, this.options.now(), within);
  }

  /**
   * Removes one method of an account, or all (null), with its codes and grants (contract: section 4, rule 10). Who may
   * do so is the application's to judge.
   *
   * @param within the transaction in which it was judged
   * @returns the methods that were set up, or begun
   */
  remove(account: Account, method: string | null, by: Actor, within?: Transaction): Promise<readonly string[]> {
    return this.factors.remove(account, method, by, this.options.now(), within);
  }

  /** Ends the lock of an account; @returns false when it was not locked */
  unlock(account: Account, by: Actor): Promise<boolean> {
    return this.states.unlock(account, by, this.options.now());
  }

  stateOf(account: Account): Promise<AccountState> {
    return this.states.find(account, this.options.limits[account.kind].attemptLimit, this.options.now());
  }

  /** The names of the methods that such accounts can set up. */
  methodsFor(kind: AccountKind): readonly string[] {
    return this.registry.offeredTo(kind).map(({ name }) => name);
  }

  /** Whether the account has an active method; none is activated until the transaction ends. */
  hasActiveMethod(account: Account, within: Transaction): Promise<boolean> {
    return this.factors.hasActive(account, within);
  }

  /** The active methods of each of the accounts that has some, by id. */
  activeMethods(
    kind: AccountKind,
    ids: readonly string[],
    within?: Transaction,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    return this.factors.activeMethods(kind, ids, within);
  }

  /** How many codes there may be, for the progress of a purge. */
  estimateCodes(): Promise<number> {
    return this.purging.estimate();
  }

  /**
   * Deletes codes and grants that are over, in small batches.
   *
   * @param onBatch told after each batch how many codes were looked at so far, and how many of them were deleted
   * @returns how many were deleted
   */
  purge(onBatch?: (seen: number, purged: number) => void): Promise<number> {
    return this.purging.purge(this.options.now(), PURGE_BATCH_SIZE, onBatch);
  }
}
