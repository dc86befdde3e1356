import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Not, type EntityManager, type Repository } from 'typeorm';
import type { AccountKind } from '#mfa';
import { run } from '#sql';
import type { Audience, Credentials } from '../accounts/account.js';
import { LoginSession } from './login-session.entity.js';
import { RefreshToken } from './refresh-token.entity.js';
import { CHOOSE_COMPANY_USER, ROTATE_REFRESH_TOKEN } from './refresh-token.sql.js';
import { OPEN_SESSION } from './session.sql.js';

export interface NewSession {
  readonly id: string;
  readonly audience: Audience;
  /** The user that acts for the customer, in a session of their own; null: the account itself logs in. */
  readonly agent: { readonly id: string; readonly sessionId: string } | null;
}

export interface NewToken {
  readonly hash: Buffer;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

export interface Rotation {
  readonly sessionId: string;
  readonly kind: AccountKind;
  readonly accountId: string;
  readonly agentId: string | null;
  readonly companyUserUuid: string | null;
  /** The warehouse that the session's tokens stand for. */
  readonly warehouseUuid: string | null;
  /** The token had been rotated before: its session was ended. */
  readonly reused: boolean;
}

/** Sessions and their refresh tokens. */
@Injectable()
export class SessionRepository {
  constructor(@InjectRepository(RefreshToken) private readonly tokens: Repository<RefreshToken>) {}

  /** @returns false when the account's password is another one by now, or the account ended, or the agent's or its session */
  async open(
    { id, audience, agent }: NewSession,
    { kind, id: accountId, passwordHash }: Credentials,
    token: NewToken,
    manager: EntityManager,
  ): Promise<boolean> {
    const account = { kind, accountId, passwordHash };
    const by = { agentId: agent?.id ?? null, agentSessionId: agent?.sessionId ?? null };
    const rows = await run(manager, OPEN_SESSION[kind], { id, audience, ...account, ...by, ...tokenValues(token) });
    return rows.length > 0;
  }

  /** @returns false when the company user is not an active one of the session's customer, or the session ended */
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
   * Deletes the oldest refresh tokens for company users of a session, but for so many; that of the login stays. The
   * session is locked before its tokens. To be called when the new token is committed, like `SessionEndService.endOldest`.
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

  /** Exchanges a refresh token for a new one; undefined when it is unknown, expired, or its session ended. */
  async rotate(hash: Buffer, audience: Audience, next: NewToken): Promise<Rotation | undefined> {
    const values = { hash, audience, nextHash: next.hash, now: next.issuedAt, nextExpiresAt: next.expiresAt };
    const [row] = await run<Rotation>(this.tokens.manager, ROTATE_REFRESH_TOKEN, values);
    return row;
  }
}

/** A new token as the statements take it. */
export function tokenValues({ hash, issuedAt, expiresAt }: NewToken) {
  return { tokenHash: hash, now: issuedAt, tokenExpiresAt: expiresAt };
}
