import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import jwt from 'jsonwebtoken';
import passport from 'passport';
import { Strategy } from 'passport-jwt';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { isAgent, type AgentPrincipal, type Principal } from '../principal.js';
import { ALGORITHM, ISSUER, type AccessTokenClaims } from './claims.js';
import { KeyRing } from './key-ring.js';
import { PrincipalVerifier } from './principal-verifier.js';

type TokenHeader = 'authorization' | 'x-agent-authorization';

/** Accepts access tokens of this app in `Authorization`. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    private readonly verifier: PrincipalVerifier,
    keys: KeyRing,
    @Inject(AUTH_OPTIONS) { audience, strategy }: AuthOptions,
  ) {
    super(optionsOf('authorization', audience, keys));
    // passport's register is one for the process: two applications in it need two names
    passport.use(strategy, this);
  }

  validate(claims: AccessTokenClaims): Promise<Principal | false> {
    return this.verifier.verify(claims);
  }
}

/** Accepts access tokens of agents in `X-Agent-Authorization`. */
@Injectable()
export class AgentJwtStrategy extends PassportStrategy(Strategy, 'agent-jwt') {
  constructor(
    private readonly verifier: PrincipalVerifier,
    keys: KeyRing,
    @Inject(AUTH_OPTIONS) { audience, strategy }: AuthOptions,
  ) {
    super(optionsOf('x-agent-authorization', audience, keys));
    passport.use(agentStrategy(strategy), this);
  }

  async validate(claims: AccessTokenClaims): Promise<AgentPrincipal | false> {
    const principal = await this.verifier.verify(claims);
    return principal && isAgent(principal) && principal;
  }
}

/** The name of the agents' strategy beside an application's own. */
export function agentStrategy(strategy: string): string {
  return `${strategy}-agent`;
}

function optionsOf(header: TokenHeader, audience: AuthOptions['audience'], keys: KeyRing): never {
  return {
    jwtFromRequest: ({ headers }: { headers: Partial<Record<TokenHeader, string>> }) => bearerToken(headers[header]),
    secretOrKeyProvider: (_request: unknown, token: string, done: (error: unknown, key?: unknown) => void) => {
      const key = keys.find(keyIdOf(token) ?? '');
      done(key ? null : 'unknown key', key);
    },
    algorithms: [ALGORITHM],
    issuer: ISSUER,
    audience,
    ignoreExpiration: true, // judged with the claims, by the application's clock
  } as never;
}

/** One pass over the header: passport-jwt's own pattern takes a time that grows with the square of its length. */
const BEARER = /^Bearer +([\w.~+/=-]+)$/i;

function bearerToken(header: string | undefined): string | null {
  return BEARER.exec(header ?? '')?.[1] ?? null;
}

function keyIdOf(token: string): string | undefined {
  try {
    return jwt.decode(token, { complete: true })?.header.kid;
  } catch {
    return undefined; // its payload is no JSON
  }
}
