import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { SignInRecorder } from '../login/sign-in-recorder.js';
import type { Principal } from '../principal.js';
import { LiveSessionRepository } from '../sessions/live-session.repository.js';
import { SessionEndService } from '../sessions/session-end.service.js';
import { WarehouseSessionRepository } from '../sessions/warehouse-session.repository.js';
import { WAREHOUSE_SCOPE } from './scopes.js';
import { TokenIssuer, type IssuedTokens } from './token-issuer.js';

/** Seven days in seconds. The settings for other access tokens do not apply. */
export const WAREHOUSE_TOKEN_TTL_SECONDS = 604_800;

/** Issues tokens that represent the warehouse in which a user works (contract: resources, section 1.8). */
@Injectable()
export class WarehouseTokenService {
  constructor(
    private readonly sessions: WarehouseSessionRepository,
    private readonly liveSessions: LiveSessionRepository,
    private readonly ends: SessionEndService,
    private readonly issuer: TokenIssuer,
    private readonly recorder: SignInRecorder,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  /**
   * Opens a separate session for the warehouse and voids no codes. The session ends together with the user's other
   * sessions. Call `endOldest` after the commit.
   *
   * @param manager the transaction that has read that the user works in this warehouse
   * @returns undefined if the caller is not a user, or the user or the caller's session was ended meanwhile
   */
  async open(
    { account, sessionId }: Principal,
    warehouseUuid: string,
    manager: EntityManager,
  ): Promise<IssuedTokens | undefined> {
    if (account?.kind !== 'user') return undefined;
    const id = randomUUID();
    const { refreshToken, row } = this.issuer.newRefreshToken();
    const owner = { userId: account.id, userSessionId: sessionId };
    const session = { id, warehouseUuid, audience: this.options.audience, ...owner };
    if (!(await this.sessions.open(session, row, manager))) return undefined;
    const opened = { account, sessionId: id, by: 'warehouse' } as const;
    await this.recorder.recordOpened(opened, manager);
    this.recorder.tellOpened(opened);
    return this.tokens(id, warehouseUuid, refreshToken);
  }

  /** Ends the user's oldest warehouse sessions beyond the limit. */
  async endOldest({ account }: Principal): Promise<void> {
    if (account) await this.ends.endOldest({ kind: 'warehouse', ownerId: account.id });
  }

  /**
   * New tokens for a session whose refresh token was rotated.
   *
   * @returns undefined if the user's account was ended or no longer works in a warehouse
   */
  async renew(sessionId: string, refreshToken: string): Promise<IssuedTokens | undefined> {
    const session = await this.liveSessions.find(sessionId);
    if (!session || session.warehouseUuid === null) return undefined;
    return this.tokens(sessionId, session.warehouseUuid, refreshToken);
  }

  private tokens(sid: string, warehouseUuid: string, refreshToken: string): IssuedTokens {
    const expiresIn = WAREHOUSE_TOKEN_TTL_SECONDS;
    const accessToken = this.issuer.accessToken({ sub: warehouseUuid, sid, scopes: [WAREHOUSE_SCOPE] }, expiresIn);
    return { accessToken, refreshToken, expiresIn, idCompanyUser: null };
  }
}
