import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { AccountMailsService, hashUnknownPassword, PasswordService, type ReachableCaller } from '#auth';
import { ApiException, isStorable, type ApiErrorRow } from '#json-api';
import { actorOf, FactorStatus, MFA_ERRORS, MfaService, type Account, type AccountKind } from '#mfa';
import { Clock } from '#platform';
import { AccountDirectoryRepository, type KnownAccount } from '../accounts/account-directory.repository.js';
import { AdministratorsRepository } from '../accounts/administrators.repository.js';
import { BACKEND_ERRORS } from '../backend-errors.js';
import type { AccountMethodDto } from './dto/account-method.dto.js';
import type { RemoveMethodsDto } from './dto/remove-methods.dto.js';

/** The path parameters for an account. */
type Named = Pick<KnownAccount, 'kind' | 'publicId'>;

/** The methods offered to an account and its methods that are no longer offered, each with its status. */
export interface AccountMfa {
  readonly methods: readonly AccountMethodDto[];
  readonly lockedUntil: Date | null;
}

const NOT_FOUND: Readonly<Record<AccountKind, ApiErrorRow>> = {
  customer: BACKEND_ERRORS.missingCustomer,
  user: BACKEND_ERRORS.missingUser,
};

/** Lists and removes the second factors of other accounts, for administrators (contract: MFA, section 4, rule 10). */
@Injectable()
export class AccountMfaService {
  constructor(
    private readonly accounts: AccountDirectoryRepository,
    private readonly administrators: AdministratorsRepository,
    private readonly mfa: MfaService,
    private readonly passwords: PasswordService,
    private readonly mails: AccountMailsService,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /** @throws ApiException 404 / 009 if the account is unknown */
  async list(named: Named): Promise<AccountMfa> {
    const account = await this.find(named);
    const { factors, lockedUntil } = await this.mfa.overviewOf(account);
    const statuses = new Map<string, FactorStatus>(factors.map(({ method, status }) => [method, status]));
    const names = new Set([...this.mfa.methodsFor(account.kind), ...statuses.keys()]);
    return {
      methods: [...names].map((type) => ({ type, status: statuses.get(type) ?? FactorStatus.disabled })),
      lockedUntil,
    };
  }

  /**
   * What can be said of a removal before it is made.
   *
   * @param type undefined for all methods
   * @throws ApiException 404 / 009 if the account is unknown, 403 for the caller's own account, 400 / 5906 if the
   * method is neither active nor pending
   */
  async check(named: Named, type: string | undefined, caller: ReachableCaller): Promise<void> {
    assertOther(await this.find(named), caller);
    const { methods } = await this.list(named);
    const isThere = methods.some((one) => one.type === type && one.status !== FactorStatus.disabled);
    if (type !== undefined && !isThere) throw new ApiException(MFA_ERRORS.typeNotFound);
  }

  /**
   * Removes all methods. If none is set up, only `resetPassword` changes something.
   *
   * @throws ApiException 404 / 009 if the account is unknown, 403 for the caller's own account
   */
  async removeAll(named: Named, caller: ReachableCaller, attributes: RemoveMethodsDto): Promise<void> {
    await this.remove(await this.find(named), null, caller, attributes);
  }

  /**
   * @throws ApiException 404 / 009 if the account is unknown, 403 for the caller's own account, 400 / 5906 if the
   * method is neither active nor pending
   */
  async removeOne(named: Named, method: string, caller: ReachableCaller, attributes: RemoveMethodsDto): Promise<void> {
    const account = await this.find(named);
    if (!isStorable(method)) throw new ApiException(MFA_ERRORS.typeNotFound);
    await this.remove(account, method, caller, attributes);
  }

  /** An anonymised customer counts as unknown. */
  private async find({ kind, publicId }: Named): Promise<Account> {
    const known = await this.accounts.find(kind, publicId);
    if (!known || known.email === null) throw new ApiException(NOT_FOUND[kind]);
    return { kind: known.kind, id: known.id };
  }

  /** @param method null for all methods */
  private async remove(
    account: Account,
    method: string | null,
    caller: ReachableCaller,
    { reason, resetPassword }: RemoveMethodsDto,
  ): Promise<void> {
    const { kind, id } = account;
    assertOther(account, caller);
    const actor = actorOf(caller, reason);
    const voidHash = resetPassword ? await hashUnknownPassword() : undefined;
    const changedUserId = resetPassword && kind === 'user' ? id : undefined;
    await this.dataSource.transaction(async (manager) => {
      await this.administrators.lock(caller.account.id, manager, changedUserId);
      // locks the account's row before its second factors, like every change of both
      if (voidHash !== undefined) await this.revokePassword(account, voidHash, manager);
      const removed = await this.mfa.remove(account, method, actor, manager);
      if (method !== null && removed.length === 0) throw new ApiException(MFA_ERRORS.typeNotFound);
      if (voidHash === undefined) return;
      const change = { account, actor, event: 'password-set', voidsCodes: true, details: { by: 'reset' } } as const;
      await this.mfa.recordChange(change, manager);
      await this.mails.requestResetKey(account, manager);
    });
  }

  private async revokePassword(account: Account, voidHash: string, manager: EntityManager): Promise<void> {
    const revoked = await this.passwords.revoke(account, voidHash, this.clock.now(), manager);
    if (!revoked) throw new ApiException(NOT_FOUND[account.kind]);
  }
}

/** Administrators end their own methods with a code of their own. */
function assertOther({ kind, id }: Account, { account }: ReachableCaller): void {
  if (kind === account.kind && id === account.id) throw new ApiException(BACKEND_ERRORS.forbidden);
}
