import { Injectable } from '@nestjs/common';
import type { AccountKind } from '#mfa';
import type { ClientAddress, ClientAllowance } from '#platform';
import type { IssuedTokens } from '../tokens/token-issuer.js';
import { TokenService } from '../tokens/token.service.js';
import { LoginService } from './login.service.js';
import type { LoginSubject } from './login-throttle.repository.js';

/** Why a token request is refused (RFC 6749, section 5.2). Each app has its own response for it. */
export type OAuthRefusal =
  | { readonly reason: 'unsupported-grant'; readonly grantType: string }
  | { readonly reason: 'missing-parameter' | 'wrong-credentials' | 'invalid-refresh-token' }
  | { readonly reason: 'blocked'; readonly secondsLeft: number };

export type OAuthResult = { readonly tokens: IssuedTokens } | { readonly refusal: OAuthRefusal };

interface Parameters {
  readonly grantType: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly refreshToken: string | undefined;
}

/** The grants `password` and `refresh_token` of both apps' token endpoints. */
@Injectable()
export class OAuthGrantService {
  constructor(
    private readonly logins: LoginService,
    private readonly tokens: TokenService,
  ) {}

  async grant(body: unknown, kind: AccountKind, client: ClientAddress): Promise<OAuthResult> {
    const parameters = parametersOf(body);
    if (parameters.grantType === 'password') return this.password(parameters, kind, client);
    if (parameters.grantType === 'refresh_token') return this.refresh(parameters);
    return { refusal: { reason: 'unsupported-grant', grantType: parameters.grantType } };
  }

  private async password(
    { username, password }: Parameters,
    kind: AccountKind,
    client: ClientAddress,
  ): Promise<OAuthResult> {
    if (!username) return { refusal: { reason: 'missing-parameter' } };
    const subject = { kind, username, client };
    if (!password) return this.withoutPassword(subject);
    const result = await this.logins.authenticate(subject, password);
    if (result.outcome === 'blocked') return { refusal: { reason: 'blocked', secondsLeft: result.secondsLeft } };
    if (result.outcome === 'refused') return { refusal: { reason: 'wrong-credentials' } };
    const tokens = await this.tokens.openSession(result.credentials);
    return tokens ? { tokens } : { refusal: { reason: 'wrong-credentials' } };
  }

  /** The login limit is checked before missing parameters are reported. */
  private async withoutPassword(subject: LoginSubject): Promise<OAuthResult> {
    const secondsLeft = await this.logins.secondsBlocked(subject);
    if (secondsLeft === undefined) return { refusal: { reason: 'missing-parameter' } };
    return { refusal: { reason: 'blocked', secondsLeft } };
  }

  private async refresh({ refreshToken }: Parameters): Promise<OAuthResult> {
    if (!refreshToken) return { refusal: { reason: 'missing-parameter' } };
    const tokens = await this.tokens.refresh(refreshToken);
    return tokens ? { tokens } : { refusal: { reason: 'invalid-refresh-token' } };
  }
}

/** A refresh is not a sign-in: whoever is signed in already uses up no tries of others behind the same address. */
export function allowanceOfGrant(body: unknown): ClientAllowance {
  return parametersOf(body).grantType === 'refresh_token' ? 'refresh' : 'sign-in';
}

/** Reads form fields, or the same in JSON with camel-case names. */
function parametersOf(body: unknown): Parameters {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (...names: string[]): string | undefined =>
    names.map((name) => fields[name]).find((value): value is string => typeof value === 'string');
  return {
    grantType: (text('grant_type', 'grantType') ?? '').slice(0, 64),
    username: text('username'),
    password: text('password'),
    refreshToken: text('refresh_token', 'refreshToken')?.trim(),
  };
}
