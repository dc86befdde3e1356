import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Not, type EntityManager, type Repository } from 'typeorm';
import type { AccountKind } from '#mfa';
import { run } from '#sql';
import type { Audience, Credentials } from '../accounts/account.js';
import { LoginSession } from './login-session.entity.js';
import { RefreshToken } from './refresh-token.entity.js';
import { CHOOSE_COMPANY_USER, ROTATE_REFRESH_TOKEN } from './refresh-token.sql.js';
import { currentSessionOrigin } from './session-origin.js';
import { OPEN_PAGE_SESSION, OPEN_SESSION } from './session.sql.js';

export interface NewSession {
  readonly id: string;
  readonly audience: Audience;
  /** The user who acts for the customer, and the user's own session. Null if the account itself logs in. */
  readonly agent: { readonly id: string; readonly sessionId: string } | null;
}

export interface NewToken {
  readonly hash: Buffer;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** What a browser holds of a session of pages. */
export interface NewPageSession {
  readonly hash: Buffer;
  readonly now: Date;
  readonly expiresAt: Date;
  readonly awaitsSecondStep: boolean;
}

/** What a client holds of its session. */
export type SessionHolder = { readonly refreshToken: NewToken } | { readonly page: NewPageSession };

export interface Rotation {
  readonly sessionId: string;
  readonly kind: AccountKind;
  readonly accountId: string;
  readonly agentId: string | null;
  readonly companyUserUuid: string | null;
  /** The warehouse that the session's tokens represent. */
  readonly warehouseUuid: string | null;
  /** True if the token had been rotated before. Its session was ended. */
  readonly reused: boolean;
}

@Injectable()
export class SessionRepository {
  constructor(@InjectRepository(RefreshToken) private readonly tokens: Repository<RefreshToken>) {}

  /**
   * @returns false if the password was changed meanwhile, or the account, the agent or the agent's session was ended
   */
  async open(
    { id, audience, agent }: NewSession,
    { kind, id: accountId, passwordHash }: Credentials,
    holder: SessionHolder,
    manager: EntityManager,
  ): Promise<boolean> {
    const account = { kind, accountId, passwordHash };
    const by = { agentId: agent?.id ?? null, agentSessionId: agent?.sessionId ?? null };
    const values = { id, audience, ...account, ...by, ...currentSessionOrigin() };
    const rows =
      'page' in holder
        ? await run(manager, OPEN_PAGE_SESSION[kind], { ...values, ...holder.page })
        : await run(manager, OPEN_SESSION[kind], { ...values, ...tokenValues(holder.refreshToken) });
    return rows.length > 0;
  }

  /** @returns false if the customer has no such active company user, or the session was ended */
  async chooseCompanyUser(
    sessionId: string,
    companyUserUuid: string,
    token: NewToken,
    manager: EntityManager,
  ): Promise<boolean> {
    const rows = await run(manager, CHOOSE_COMPANY_USER, { sessionId, companyUserUuid, ...tokenValues(token) });
    return rows.length > 0;
  }

  /**
   * Deletes the oldest refresh tokens for company users in a session, except the newest `limit` ones. The login's own
   * token stays. The session is locked before its tokens. Call it after the new token was committed, like
   * `SessionEndService.endOldest`.
   */
  async forgetOldestChoices(sessionId: string, limit: number, manager: EntityManager): Promise<void> {
    await manager.findOne(LoginSession, {
      select: { id: true },
      where: { id: sessionId },
      lock: { mode: 'pessimistic_write' },
    });
    const oldest = await manager.find(RefreshToken, {
      select: { tokenHash: true },
      where: { sessionId, companyUserUuid: Not(IsNull()), rotatedAt: IsNull() },
      order: { issuedAt: 'DESC', tokenHash: 'ASC' },
      skip: limit,
    });
    const hashes = oldest.map(({ tokenHash }) => tokenHash);
    if (hashes.length > 0) await manager.delete(RefreshToken, { tokenHash: In(hashes) });
  }

  /**
   * Exchanges a refresh token for a new one.
   *
   * @returns undefined if the token is unknown or expired, or its session was ended
   */
  async rotate(hash: Buffer, audience: Audience, next: NewToken): Promise<Rotation | undefined> {
    const values = { hash, audience, nextHash: next.hash, now: next.issuedAt, nextExpiresAt: next.expiresAt };
    const [row] = await run<Rotation>(this.tokens.manager, ROTATE_REFRESH_TOKEN, values);
    return row;
  }
}

/** A new token as parameters of the statements. */
export function tokenValues({ hash, issuedAt, expiresAt }: NewToken) {
  return { tokenHash: hash, now: issuedAt, tokenExpiresAt: expiresAt };
}
