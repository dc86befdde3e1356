import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import jwt from 'jsonwebtoken';
import { Clock } from '#platform';
import type { Account, Credentials } from '../accounts/account.js';
import { AccountRepository } from '../accounts/account.repository.js';
import { AUTH_OPTIONS, LOGIN_BOUND_STATE, type AuthOptions, type LoginBoundState } from '../auth.options.js';
import { SessionRepository, type NewToken } from '../sessions/session.repository.js';
import { ALGORITHM, ISSUER, type AccessTokenClaims } from './claims.js';
import { KeyRing } from './key-ring.js';
import { scopesOf } from './scopes.js';

/** What a client gets; `expiresIn` in seconds. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
  readonly idCompanyUser: string | null;
}

const REFRESH_TOKEN_BYTES = 48;

/** Opens, refreshes and ends sessions, and signs their access tokens. */
@Injectable()
export class TokenService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly accounts: AccountRepository,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(LOGIN_BOUND_STATE) private readonly loginBoundState: LoginBoundState,
  ) {}

  /**
   * Opens a session for an account whose password was found right; what older logins left behind is void first.
   *
   * @returns undefined when the password was changed or the account ended meanwhile
   */
  async openSession(credentials: Credentials): Promise<IssuedTokens | undefined> {
    await this.loginBoundState.voidAccount(credentials);
    const sessionId = randomUUID();
    const { refreshToken, row } = this.newRefreshToken();
    const opened = await this.sessions.open(sessionId, credentials, this.options.audience, row);
    return opened ? this.tokens(credentials, sessionId, refreshToken) : undefined;
  }

  /** @returns undefined for a token that is unknown, expired, used before, or of an ended account or session */
  async refresh(refreshToken: string): Promise<IssuedTokens | undefined> {
    const next = this.newRefreshToken();
    const rotation = await this.sessions.rotate(hashOf(refreshToken), this.options.audience, next.row);
    if (!rotation) return undefined;
    const account = { kind: rotation.kind, id: rotation.accountId };
    if (rotation.reused) {
      await this.loginBoundState.voidSession(account, rotation.sessionId);
      return undefined;
    }
    const credentials = await this.accounts.findById(account);
    if (!credentials?.eligible || scopesOf(credentials).length === 0) return undefined;
    return this.tokens(credentials, rotation.sessionId, next.refreshToken);
  }

  /** Ends the session of a refresh token; one of another account stays. */
  async revoke(refreshToken: string, account: Account): Promise<void> {
    const sessionId = await this.sessions.endByToken(hashOf(refreshToken), account, this.clock.now());
    if (sessionId) await this.loginBoundState.voidSession(account, sessionId);
  }

  async revokeAll(account: Account): Promise<void> {
    await this.sessions.endAll(account, this.clock.now());
    await this.loginBoundState.voidAccount(account);
  }

  private newRefreshToken(): { refreshToken: string; row: NewToken } {
    const refreshToken = randomBytes(REFRESH_TOKEN_BYTES).toString('hex');
    const issuedAt = this.clock.now();
    const expiresAt = new Date(issuedAt.getTime() + this.options.settings.refreshTokenTtlSeconds * 1000);
    return { refreshToken, row: { hash: hashOf(refreshToken), issuedAt, expiresAt } };
  }

  private tokens(credentials: Credentials, sid: string, refreshToken: string): IssuedTokens {
    const expiresIn = this.options.settings.accessTokenTtlSeconds;
    const { idCompanyUser, customerReference } = credentials;
    const iat = Math.floor(this.clock.now().getTime() / 1000);
    const claims: AccessTokenClaims = {
      iss: ISSUER,
      aud: this.options.audience,
      sub: credentials.id,
      kind: credentials.kind,
      sid,
      jti: randomUUID(),
      iat,
      exp: iat + expiresIn,
      scopes: scopesOf(credentials),
      ...(customerReference && { customer_reference: customerReference }),
      ...(idCompanyUser && { id_company_user: idCompanyUser }),
    };
    const accessToken = jwt.sign(claims, this.keys.privateKey, { algorithm: ALGORITHM, keyid: this.keys.signingKeyId });
    return { accessToken, refreshToken, expiresIn, idCompanyUser };
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
