import { Injectable } from '@nestjs/common';
import type { ReachableCaller } from '#auth';
import { ApiException, isStorable, type ApiErrorRow } from '#json-api';
import { actorOf, FactorStatus, MFA_ERRORS, MfaService, type Account, type AccountKind } from '#mfa';
import { AccountDirectoryRepository, type KnownAccount } from '../accounts/account-directory.repository.js';
import { AdministratorsRepository } from '../accounts/administrators.repository.js';
import { BACKEND_ERRORS } from '../backend-errors.js';

/** An account as a path names it. */
type Named = Pick<KnownAccount, 'kind' | 'publicId'>;

/** The methods offered to an account, each with its status, as the account itself would see them. */
export interface AccountMfa {
  readonly methods: readonly { readonly type: string; readonly status: FactorStatus }[];
  readonly lockedUntil: Date | null;
}

const NOT_FOUND: Readonly<Record<AccountKind, ApiErrorRow>> = {
  customer: BACKEND_ERRORS.missingCustomer,
  user: BACKEND_ERRORS.missingUser,
};

/** What administrators see and remove of the second factors of others (contract: MFA, section 4, rule 10). */
@Injectable()
export class AccountMfaService {
  constructor(
    private readonly accounts: AccountDirectoryRepository,
    private readonly administrators: AdministratorsRepository,
    private readonly mfa: MfaService,
  ) {}

  /** @throws ApiException 404 / 009 for an unknown account */
  async list(named: Named): Promise<AccountMfa> {
    const account = await this.find(named);
    const { factors, lockedUntil } = await this.mfa.overviewOf(account);
    const statuses = new Map<string, FactorStatus>(factors.map(({ method, status }) => [method, status]));
    const offered = this.mfa.methodsFor(account.kind);
    return {
      methods: offered.map((type) => ({ type, status: statuses.get(type) ?? FactorStatus.disabled })),
      lockedUntil,
    };
  }

  /**
   * Removes all methods; where none is set up nothing changes.
   *
   * @throws ApiException 404 / 009 for an unknown account, 403 for oneself
   */
  async removeAll(named: Named, by: ReachableCaller, reason: string): Promise<void> {
    await this.remove(await this.find(named), null, by, reason);
  }

  /**
   * @throws ApiException 404 / 009 for an unknown account, 403 for oneself, 400 / 5906 for a method that
   *   is not set up, and not begun to be
   */
  async removeOne(named: Named, method: string, by: ReachableCaller, reason: string): Promise<void> {
    const account = await this.find(named);
    const removed = isStorable(method) ? await this.remove(account, method, by, reason) : [];
    if (removed.length === 0) throw new ApiException(MFA_ERRORS.typeNotFound);
  }

  /** One who was anonymised is nobody any more. */
  private async find({ kind, publicId }: Named): Promise<Account> {
    const known = await this.accounts.find(kind, publicId);
    if (!known || known.email === null) throw new ApiException(NOT_FOUND[kind]);
    return { kind: known.kind, id: known.id };
  }

  private remove(
    account: Account,
    method: string | null,
    by: ReachableCaller,
    reason: string,
  ): Promise<readonly string[]> {
    if (account.kind === by.account.kind && account.id === by.account.id) {
      throw new ApiException(BACKEND_ERRORS.forbidden);
    }
    return this.administrators.during(by.account.id, (manager) =>
      this.mfa.remove(account, method, actorOf(by, reason), manager),
    );
  }
}
