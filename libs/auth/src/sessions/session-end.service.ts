import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Account } from '#mfa';
import { Clock } from '#platform';
import { AccountKeyRepository } from '../account-keys/account-key.repository.js';
import { AUTH_OPTIONS, LOGIN_BOUND_STATE, type AuthOptions, type LoginBoundState } from '../auth.options.js';
import {
  SessionEndRepository,
  type CountedSessions,
  type EndedSession,
  type SessionOwner,
} from './session-end.repository.js';

/** What a user may do no more: act for customers, stand in for a warehouse. */
export interface LostRights {
  readonly acting: boolean;
  readonly warehouse: boolean;
}

/** What comes with the end of sessions. */
@Injectable()
export class SessionEndService {
  constructor(
    private readonly sessions: SessionEndRepository,
    private readonly keys: AccountKeyRepository,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(LOGIN_BOUND_STATE) private readonly loginBoundState: LoginBoundState,
  ) {}

  /**
   * Ends the oldest sessions beyond the limit.
   *
   * To be called when one more is committed, in no transaction: of many that are opened at once the last one to come here
   * sees all the others, and what each of them ends is none of the newest.
   */
  async endOldest(counted: CountedSessions): Promise<void> {
    const oldest = await this.sessions.findOldest(counted, this.options.settings.limits.accountSessions);
    if (oldest.length === 0) return;
    const now = this.clock.now();
    await this.voidEnded(await this.dataSource.transaction((manager) => this.sessions.endByIds(oldest, now, manager)));
  }

  /** Ends the session of a refresh token; one of another owner stays. */
  async endByToken(tokenHash: Buffer, owner: SessionOwner): Promise<void> {
    const now = this.clock.now();
    await this.voidEnded(
      await this.dataSource.transaction((manager) => this.sessions.endByToken(tokenHash, owner, now, manager)),
    );
  }

  /** Ends all sessions of an owner, and voids the codes that no session has. */
  async endAll(owner: SessionOwner): Promise<void> {
    const { account, agentId } = owner;
    const now = this.clock.now();
    const ended = await this.dataSource.transaction((manager) => this.sessions.endAll(owner, now, manager));
    if (agentId === null) await this.loginBoundState.voidCodesOf(account);
    await this.voidEnded(ended.filter(({ owner: { kind, id } }) => kind !== account.kind || id !== account.id));
  }

  /**
   * Ends all sessions of an account, a user's with those for customers and for warehouses, and voids the mailed keys: in
   * the transaction that changed the account's row.
   *
   * Statements of their own: they also see sessions that were opened while the change waited for their logins.
   */
  async endOfAccount(account: Account, now: Date, manager: EntityManager): Promise<void> {
    await this.sessions.endAll({ account, agentId: null }, now, manager);
    await this.keys.voidAll(account, manager);
  }

  /** Ends the sessions that a user opened by rights that are gone, in the transaction that changed the account's row. */
  async endOfRights(
    { acting, warehouse }: LostRights,
    userId: string,
    now: Date,
    manager: EntityManager,
  ): Promise<void> {
    const kinds = [...(acting ? (['agent'] as const) : []), ...(warehouse ? (['warehouse'] as const) : [])];
    await this.sessions.endOfKinds(kinds, userId, now, manager);
  }

  /** Voids what must not outlive sessions that ended. */
  private async voidEnded(sessions: readonly EndedSession[]): Promise<void> {
    for (const { id, owner } of sessions) await this.loginBoundState.voidSession(owner, id);
  }
}
