import type { KeyObject } from 'node:crypto';
import { Inject, Injectable, type Type } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import jwt from 'jsonwebtoken';
import { Strategy } from 'passport-jwt';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { isAgent, type Principal } from '../principal.js';
import { ALGORITHM, ISSUER, type AccessTokenClaims } from './claims.js';
import { KeyRing } from './key-ring.js';
import { PrincipalVerifier } from './principal-verifier.js';

interface TokenSource {
  readonly header: 'authorization' | 'x-agent-authorization';
  readonly isAccepted: (principal: Principal) => boolean;
}

/** The app's own tokens, in `Authorization`. */
const OWN: TokenSource = { header: 'authorization', isAccepted: () => true };
/** Agents' tokens, in `X-Agent-Authorization`. */
const OF_AGENTS: TokenSource = { header: 'x-agent-authorization', isAccepted: isAgent };

/**
 * The passport strategies of an application. Passport has one list for the whole process, so two applications in one
 * process need different names.
 *
 * @param name the name of the strategy for `Authorization`
 */
export function jwtStrategies(name: string): readonly Type[] {
  return [jwtStrategy(name, OWN), jwtStrategy(agentStrategy(name), OF_AGENTS)];
}

/** The name of the strategy for agents, derived from the application's own. */
export function agentStrategy(name: string): string {
  return `${name}-agent`;
}

function jwtStrategy(name: string, { header, isAccepted }: TokenSource): Type {
  @Injectable()
  class JwtStrategy extends PassportStrategy(Strategy, name) {
    constructor(
      private readonly verifier: PrincipalVerifier,
      keys: KeyRing,
      @Inject(AUTH_OPTIONS) { audience }: AuthOptions,
    ) {
      super({
        jwtFromRequest: ({ headers }) => bearerToken(headers[header]),
        secretOrKeyProvider: (_request, token: string, done) => {
          const key = keys.find(keyIdOf(token) ?? '');
          // jsonwebtoken accepts a KeyObject, but the types of passport-jwt do not say so
          done(key ? null : 'unknown key', key as (KeyObject & Buffer) | undefined);
        },
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience,
        ignoreExpiration: true, // checked with the claims, by the application's clock
      });
    }

    async validate(claims: AccessTokenClaims): Promise<Principal | false> {
      const principal = await this.verifier.verify(claims);
      return principal && isAccepted(principal) && principal;
    }
  }
  return JwtStrategy;
}

/**
 * Reads the header in a single pass. The pattern of passport-jwt takes time that grows with the square of the length.
 */
const BEARER = /^Bearer +([\w.~+/=-]+)$/i;

function bearerToken(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? (BEARER.exec(header)?.[1] ?? null) : null;
}

function keyIdOf(token: string): string | undefined {
  try {
    return jwt.decode(token, { complete: true })?.header.kid;
  } catch {
    return undefined; // the payload is not JSON
  }
}
