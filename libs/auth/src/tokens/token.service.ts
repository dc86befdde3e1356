import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Credentials } from '../accounts/account.js';
import { AccountRepository } from '../accounts/account.repository.js';
import { AUTH_OPTIONS, LOGIN_BOUND_STATE, type AuthOptions, type LoginBoundState } from '../auth.options.js';
import type { AgentPrincipal, Principal } from '../principal.js';
import { codeOwner, type SessionOwner } from '../sessions/session-end.repository.js';
import { SessionEndService } from '../sessions/session-end.service.js';
import { SessionOpeningService } from '../sessions/session-opening.service.js';
import { SessionRepository, type NewSession, type Rotation } from '../sessions/session.repository.js';
import { scopesOf } from './scopes.js';
import { hashOf, TokenIssuer, type IssuedTokens } from './token-issuer.js';
import { WarehouseTokenService } from './warehouse-token.service.js';

/** The account that an access token is signed for, and the agent who acts for it. */
interface Bearer extends Credentials {
  readonly agentId: string | null;
}

/** Opens, refreshes and ends sessions, and signs their access tokens. */
@Injectable()
export class TokenService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly ends: SessionEndService,
    private readonly accounts: AccountRepository,
    private readonly warehouses: WarehouseTokenService,
    private readonly issuer: TokenIssuer,
    private readonly opening: SessionOpeningService,
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(LOGIN_BOUND_STATE) private readonly loginBoundState: LoginBoundState,
  ) {}

  /**
   * Opens a session for an account whose password was verified. First it voids all codes and grants of older sessions.
   *
   * @returns undefined if the password was changed or the account was ended meanwhile
   */
  async openSession(credentials: Credentials): Promise<IssuedTokens | undefined> {
    await this.loginBoundState.voidCodesOf(credentials);
    return this.open(credentials, null);
  }

  /**
   * Opens a session in which an agent acts for a customer. It voids no codes.
   *
   * @returns undefined if one of the two accounts or the agent's session was ended meanwhile
   */
  async impersonate(customer: Credentials, { account, sessionId }: AgentPrincipal): Promise<IssuedTokens | undefined> {
    return this.open(customer, { id: account.id, sessionId });
  }

  /**
   * Issues tokens for a company user of the session's customer. The session stays the same.
   *
   * @returns undefined if the company user is unknown or inactive, or belongs to another customer
   */
  async chooseCompanyUser({ account, sessionId, session }: Principal, uuid: string): Promise<IssuedTokens | undefined> {
    const credentials = account && (await this.accounts.findById(account));
    if (!credentials?.eligible) return undefined;
    const { refreshToken, row } = this.issuer.newRefreshToken();
    const agentId = session?.agent?.id ?? null;
    const opened = { account: credentials, sessionId, by: 'company-user', agentId } as const;
    const choose = (manager: EntityManager): Promise<boolean> =>
      this.sessions.chooseCompanyUser(sessionId, uuid, row, manager);
    if (!(await this.opening.recorded(opened, choose))) return undefined;
    const limit = this.options.settings.limits.accountSessions;
    await this.dataSource.transaction((manager) => this.sessions.forgetOldestChoices(sessionId, limit, manager));
    const bearer = { ...credentials, idCompanyUser: uuid.toLowerCase(), agentId };
    return this.tokens(bearer, sessionId, refreshToken);
  }

  /** @returns undefined if the token is unknown, expired or used before, or its account or session was ended */
  async refresh(refreshToken: string): Promise<IssuedTokens | undefined> {
    const next = this.issuer.newRefreshToken();
    const rotation = await this.sessions.rotate(hashOf(refreshToken), this.options.audience, next.row);
    if (!rotation) return undefined;
    const { sessionId, kind, accountId, agentId } = rotation;
    if (rotation.reused) {
      await this.loginBoundState.voidSession(codeOwner(kind, accountId, agentId), sessionId);
      return undefined;
    }
    if (rotation.warehouseUuid !== null) return this.warehouses.renew(sessionId, next.refreshToken);
    const bearer = await this.bearerOf(rotation);
    return bearer && this.tokens(bearer, sessionId, next.refreshToken);
  }

  /** Ends the session of a refresh token, if it belongs to the owner. */
  revoke(refreshToken: string, owner: SessionOwner): Promise<void> {
    return this.ends.endByToken(hashOf(refreshToken), owner);
  }

  revokeAll(owner: SessionOwner): Promise<void> {
    return this.ends.endAll(owner);
  }

  private async open(credentials: Credentials, agent: NewSession['agent']): Promise<IssuedTokens | undefined> {
    const { refreshToken, row } = this.issuer.newRefreshToken();
    const id = await this.opening.open(credentials, agent, { refreshToken: row });
    return id === undefined ? undefined : this.tokens({ ...credentials, agentId: agent?.id ?? null }, id, refreshToken);
  }

  /**
   * The current account of a session.
   *
   * @returns undefined if the account, its agent or its company user is no longer usable
   */
  private async bearerOf({ kind, accountId, agentId, companyUserUuid }: Rotation): Promise<Bearer | undefined> {
    const credentials = await this.accounts.findById({ kind, id: accountId });
    const agent = agentId === null ? undefined : await this.accounts.findById({ kind: 'user', id: agentId });
    for (const one of [credentials, ...(agentId === null ? [] : [agent])]) {
      if (!one?.eligible || scopesOf(one, this.options.audience).length === 0) return undefined;
    }
    if (!credentials) return undefined;
    if (companyUserUuid === null) return { ...credentials, agentId };
    const isTheirs = await this.accounts.hasCompanyUser(credentials, companyUserUuid);
    return isTheirs ? { ...credentials, agentId, idCompanyUser: companyUserUuid } : undefined;
  }

  private tokens(bearer: Bearer, sid: string, refreshToken: string): IssuedTokens {
    const expiresIn = this.options.settings.accessTokenTtlSeconds;
    const { idCompanyUser, customerReference, agentId } = bearer;
    const scopes = scopesOf(bearer, this.options.audience);
    const claims = {
      sub: bearer.id,
      kind: bearer.kind,
      sid,
      scopes,
      ...(customerReference && { customer_reference: customerReference }),
      ...(idCompanyUser && { id_company_user: idCompanyUser }),
      ...(agentId !== null && { act: { sub: agentId, kind: 'user' as const } }),
    };
    return { accessToken: this.issuer.accessToken(claims, expiresIn), refreshToken, expiresIn, idCompanyUser };
  }
}
