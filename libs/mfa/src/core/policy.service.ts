import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Page } from '#json-api';
import type { Transaction } from '../persistence/account-state.repository.js';
import { AuditEntryRepository } from '../persistence/audit-entry.repository.js';
import { PolicyRepository } from '../persistence/policy.repository.js';
import type { NewAuditEntry } from './audit.js';
import { actorOf, type Caller } from './caller.js';
import { MFA_OPTIONS, type ResolvedMfaOptions } from './mfa.options.js';
import { MethodRegistry } from './method-registry.js';
import type { NewPolicy, Policy, Requirement } from './policy.js';

type PolicyChange = 'created' | 'updated' | 'deleted';

/**
 * Policies: who must have a second factor, and from when. A change applies from the next request on.
 *
 * Every change is recorded in the caller's trail, in the same transaction. `manager` is the transaction in which the
 * caller's right to make the change was checked; without it a new transaction is opened.
 */
@Injectable()
export class PolicyService {
  constructor(
    private readonly policies: PolicyRepository,
    private readonly entries: AuditEntryRepository,
    private readonly registry: MethodRegistry,
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(MFA_OPTIONS) private readonly options: ResolvedMfaOptions,
  ) {}

  list(page: Page): Promise<{ readonly policies: readonly Policy[]; readonly total: number }> {
    return this.policies.list(page);
  }

  find(uuid: string): Promise<Policy | undefined> {
    return this.policies.find(uuid);
  }

  /** Which of the policy's methods satisfy it: a backup does not, because it does not protect an account alone. */
  satisfyingMethods({ methods }: Requirement): readonly string[] {
    return methods.filter((method) => !this.registry.backups.has(method));
  }

  create(policy: NewPolicy, caller: Caller, manager?: Transaction): Promise<Policy> {
    return this.change('created', caller, manager, async (transaction, now) => {
      const created = { uuid: randomUUID(), ...policy, createdAt: now, updatedAt: now };
      await this.policies.insert(created, transaction);
      return created;
    });
  }

  /**
   * @param changed returns the new policy for the current one
   * @returns undefined if the policy does not exist
   */
  update(
    uuid: string,
    changed: (current: Policy) => NewPolicy,
    caller: Caller,
    manager?: Transaction,
  ): Promise<Policy | undefined> {
    return this.change('updated', caller, manager, async (transaction, now) => {
      const current = await this.policies.lock(uuid, transaction);
      if (!current) return undefined;
      const { appliesTo, value, requiredFrom, methods } = changed(current);
      const changes = { appliesTo, value, requiredFrom, methods, updatedAt: now };
      await this.policies.update(uuid, changes, transaction);
      return { ...current, ...changes };
    });
  }

  /** @returns false if the policy does not exist */
  async delete(uuid: string, caller: Caller, manager?: Transaction): Promise<boolean> {
    const deleted = await this.change('deleted', caller, manager, async (transaction) => {
      const current = await this.policies.lock(uuid, transaction);
      if (current) await this.policies.delete(uuid, transaction);
      return current;
    });
    return deleted !== undefined;
  }

  private async change<T extends Policy | undefined>(
    change: PolicyChange,
    caller: Caller,
    manager: Transaction | undefined,
    work: (transaction: Transaction, now: Date) => Promise<T>,
  ): Promise<T> {
    const at = this.options.now();
    const audited = async (transaction: Transaction): Promise<T> => {
      const changed = await work(transaction, at);
      if (changed) await this.record(entryOf(change, changed, caller, at), transaction);
      return changed;
    };
    return manager ? audited(manager) : this.dataSource.transaction(audited);
  }

  private record({ account, actor, at, ...note }: NewAuditEntry, manager: Transaction): Promise<void> {
    return this.entries.append([note], { account, actor, at }, manager);
  }
}

function entryOf(change: PolicyChange, policy: Policy, caller: Caller, at: Date): NewAuditEntry {
  const { uuid, appliesTo, value, requiredFrom, methods } = policy;
  const details = { change, policy: { uuid, appliesTo, value, requiredFrom: requiredFrom.toISOString(), methods } };
  return { account: caller.account, actor: actorOf(caller), at, event: 'policy-changed', details };
}
