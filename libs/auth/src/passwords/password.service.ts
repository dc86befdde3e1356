import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { ApiException, type JsonApiHttpRequest } from '#json-api';
import type { Account, AccountKind, Actor, Origin } from '#mfa';
import type { ClientRequest } from '#platform';
import { AccountKeyRepository } from '../account-keys/account-key.repository.js';
import type { Credentials } from '../accounts/account.js';
import { LOGIN_BOUND_STATE, type LoginBoundState } from '../auth.options.js';
import { loginBlocked } from '../login/login-limit.guard.js';
import { LoginService } from '../login/login.service.js';
import { addNotice } from '../notices/add-notice.js';
import { SessionEndService } from '../sessions/session-end.service.js';
import { PASSWORD_ERRORS } from './password-errors.js';
import { PasswordRepository } from './password.repository.js';

/** A signed-in person's password, as it was typed once more. */
export interface TypedPassword {
  readonly account: Account;
  /** The account's name at sign-in. */
  readonly username: string;
  readonly password: string;
}

export interface PasswordChange {
  /** With the hash that the current password was verified against. */
  readonly credentials: Credentials;
  readonly newHash: string;
  readonly actor: Actor;
  readonly now: Date;
}

/** A new password, set with a mailed key. */
export interface PasswordRestoration {
  readonly kind: AccountKind;
  readonly keyHash: Buffer;
  readonly newHash: string;
  readonly origin: Origin;
  readonly now: Date;
}

/** Checks and changes passwords. Each change ends all sessions, codes and mailed keys of the account, in one transaction. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly logins: LoginService,
    private readonly passwords: PasswordRepository,
    private readonly keys: AccountKeyRepository,
    private readonly ends: SessionEndService,
    @Inject(LOGIN_BOUND_STATE) private readonly loginBoundState: LoginBoundState,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /**
   * Checks a current password like that of a login: the same counter limits the guesses of somebody with a stolen
   * session. The password can be changed right after: what is done on it compares `passwordHash` once more, under a lock.
   *
   * @returns what it was checked against
   * @throws ApiException 429 / 4401, 400 / 408
   */
  async check(
    { account: { kind, id }, username, password }: TypedPassword,
    request: JsonApiHttpRequest & ClientRequest,
  ): Promise<Credentials> {
    const result = await this.logins.authenticate({ kind, username, client: request.client }, password);
    if (result.outcome === 'blocked') throw loginBlocked(result.secondsLeft, request);
    // the name may belong to another account by now
    if (result.outcome === 'refused' || result.credentials.id !== id) {
      throw new ApiException(PASSWORD_ERRORS.wrongPassword);
    }
    return result.credentials;
  }

  /** @returns false if the password was changed meanwhile, or the account was ended */
  async change({ credentials, newHash, actor, now }: PasswordChange, manager: EntityManager): Promise<boolean> {
    const { kind, id } = credentials;
    if (!(await this.passwords.replace(credentials, newHash, now, manager))) return false;
    await this.endAll({ kind, id }, { actor, by: 'change', now }, manager);
    return true;
  }

  /**
   * Uses a key up. Also confirms a customer's address, because the customer has read the mail.
   *
   * @returns undefined if the key is unknown, expired or used, or belongs to the other kind of account
   */
  restore({ kind, keyHash, newHash, origin, now }: PasswordRestoration): Promise<Account | undefined> {
    return this.dataSource.transaction(async (manager) => {
      const account = await this.keys.use({ kind, purpose: 'password-restore', hash: keyHash }, now, manager);
      if (!account || !(await this.passwords.restore(account, newHash, now, manager))) return undefined;
      await this.endAll(account, { actor: { ...account, origin }, by: 'restore', now }, manager);
      return account;
    });
  }

  /**
   * Makes the password void, and ends all sessions and mailed keys. The caller must end the state outside of this
   * library.
   *
   * @param voidHash a hash whose password nobody knows
   * @returns false if the customer was anonymised
   */
  async revoke(account: Account, voidHash: string, now: Date, manager: EntityManager): Promise<boolean> {
    if (!(await this.passwords.void(account, voidHash, now, manager))) return false;
    await this.ends.endOfAccount(account, now, manager);
    return true;
  }

  /** Ends everything that a password change ends, in its transaction. The person is notified after the commit. */
  private async endAll(
    account: Account,
    { actor, by, now }: { readonly actor: Actor; readonly by: 'change' | 'restore'; readonly now: Date },
    manager: EntityManager,
  ): Promise<void> {
    await this.ends.endOfAccount(account, now, manager);
    const change = { account, actor, event: 'password-set', voidsCodes: true, details: { by } } as const;
    await this.loginBoundState.recordChange(change, manager);
    await addNotice(manager, { account, actor, event: 'password-changed', at: now });
  }
}
