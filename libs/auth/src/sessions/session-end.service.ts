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
  type SessionIds,
  type SessionOwner,
} from './session-end.repository.js';

/** The rights that a user lost: to act for customers, to represent a warehouse. */
export interface LostRights {
  readonly acting: boolean;
  readonly warehouse: boolean;
}

/** Ends sessions, together with everything that depends on them. */
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
   * Call it after the new session was committed, outside of any transaction. If many sessions are opened in parallel,
   * the last call sees all of them; none of the calls ends one of the newest.
   */
  async endOldest(counted: CountedSessions): Promise<void> {
    const oldest = await this.sessions.findOldest(counted, this.options.settings.limits.accountSessions);
    if (oldest.length === 0) return;
    const now = this.clock.now();
    await this.voidEnded(await this.dataSource.transaction((manager) => this.sessions.endByIds(oldest, now, manager)));
  }

  /** Ends the session of a refresh token, if it belongs to the owner. */
  async endByToken(tokenHash: Buffer, owner: SessionOwner): Promise<void> {
    const now = this.clock.now();
    await this.voidEnded(
      await this.dataSource.transaction((manager) => this.sessions.endByToken(tokenHash, owner, now, manager)),
    );
  }

  /** Ends those of the owner's sessions whose ids fit. */
  async endOwn(owner: SessionOwner, id: SessionIds): Promise<void> {
    const now = this.clock.now();
    await this.voidEnded(await this.dataSource.transaction((manager) => this.sessions.endOwn(owner, id, now, manager)));
  }

  /** Ends one session, which the caller was found to be in. */
  async endSession(sessionId: string): Promise<void> {
    const now = this.clock.now();
    await this.voidEnded(
      await this.dataSource.transaction((manager) => this.sessions.endByIds([sessionId], now, manager)),
    );
  }

  /** Ends all sessions of an owner, and voids the account's codes. */
  async endAll(owner: SessionOwner): Promise<void> {
    const { account, agentId } = owner;
    const now = this.clock.now();
    const ended = await this.dataSource.transaction((manager) => this.sessions.endAll(owner, now, manager));
    if (agentId === null) await this.loginBoundState.voidCodesOf(account);
    await this.voidEnded(ended.filter(({ owner: { kind, id } }) => kind !== account.kind || id !== account.id));
  }

  /**
   * Ends all sessions of an account, including a user's sessions for customers and warehouses, and voids the mailed
   * keys. Runs in the transaction that has changed the account's row.
   *
   * These are separate statements, so that they also see sessions that were opened while the change waited for its
   * lock.
   */
  async endOfAccount(account: Account, now: Date, manager: EntityManager): Promise<void> {
    await this.sessions.endAll({ account, agentId: null }, now, manager);
    await this.keys.voidAll(account, manager);
  }

  /**
   * Ends a user's sessions for which the user lost the right, in the transaction that has changed the account's row.
   */
  async endOfRights(
    { acting, warehouse }: LostRights,
    userId: string,
    now: Date,
    manager: EntityManager,
  ): Promise<void> {
    const kinds = [...(acting ? (['agent'] as const) : []), ...(warehouse ? (['warehouse'] as const) : [])];
    await this.sessions.endOfKinds(kinds, userId, now, manager);
  }

  /** Voids codes and grants of ended sessions. */
  private async voidEnded(sessions: readonly EndedSession[]): Promise<void> {
    for (const { id, owner } of sessions) await this.loginBoundState.voidSession(owner, id);
  }
}
