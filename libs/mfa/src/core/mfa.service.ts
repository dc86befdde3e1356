import { Inject, Injectable } from '@nestjs/common';
import { MFA_OPTIONS, type ResolvedMfaOptions } from '../mfa.options.js';
import { CodeRepository, type Transaction } from '../persistence/code.repository.js';
import type { Account } from './account.js';

const PURGE_BATCH_SIZE = 1000;

/** What an application tells the library: a login, the end of a session; and the upkeep of its tables. */
@Injectable()
export class MfaService {
  constructor(
    private readonly codes: CodeRepository,
    @Inject(MFA_OPTIONS) private readonly options: ResolvedMfaOptions,
  ) {}

  /**
   * Voids every code and grant of an account: at a login, after the password was found right, and at a change of the
   * password or the address.
   *
   * @param within the transaction of that change; it has locked the account's row of the application already
   */
  voidAccount(account: Account, within?: Transaction): Promise<void> {
    return this.codes.voidAccount(account, within);
  }

  /** Voids the codes and grants of a session that ended. */
  voidSession(account: Account, sessionId: string): Promise<void> {
    return this.codes.voidSession(account, sessionId);
  }

  /** Forgets an account that ended for good, in the transaction that ends it: its factors, codes and counters. */
  forgetAccount(account: Account, within: Transaction): Promise<void> {
    return this.codes.forgetAccount(account, within);
  }

  /** Deletes codes and grants that are over, in small batches; @returns how many */
  purge(): Promise<number> {
    return this.codes.purge(this.options.now(), PURGE_BATCH_SIZE);
  }
}
