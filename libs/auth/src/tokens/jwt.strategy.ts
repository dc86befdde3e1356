import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import jwt from 'jsonwebtoken';
import passport from 'passport';
import { Strategy } from 'passport-jwt';
import { Clock } from '#platform';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import type { Principal } from '../principal.js';
import { SessionRepository } from '../sessions/session.repository.js';
import { ALGORITHM, ISSUER, type AccessTokenClaims } from './claims.js';
import { KeyRing } from './key-ring.js';
import { scopesOf } from './scopes.js';

/** Accepts access tokens of this app whose session is live; the account's state is read with the session. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
    keys: KeyRing,
    @Inject(AUTH_OPTIONS) { audience, strategy }: AuthOptions,
  ) {
    super({
      jwtFromRequest: bearerToken,
      secretOrKeyProvider: (_request: unknown, token: string, done: (error: unknown, key?: unknown) => void) => {
        const key = keys.find(keyIdOf(token) ?? '');
        done(key ? null : 'unknown key', key);
      },
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience,
      ignoreExpiration: true, // judged below, by the application's clock
    } as never);
    // passport's register is one for the process: two applications in it need two names
    passport.use(strategy, this);
  }

  async validate(claims: AccessTokenClaims): Promise<Principal | false> {
    if (typeof claims.exp !== 'number' || claims.exp * 1000 <= this.clock.now().getTime()) return false;
    if (typeof claims.sid !== 'string' || !UUID.test(claims.sid)) return false;
    const session = await this.sessions.findLive(claims.sid);
    if (!session) return false;
    const { kind, sub, scopes, sid } = claims;
    if (kind === undefined) return { sessionId: sid, scopes };
    if (kind !== session.kind || sub !== session.accountId) return false;
    // what the account may do now counts, not what it might when the token was signed
    return { sessionId: sid, scopes: scopesOf(session), account: { kind, id: sub }, session };
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One pass over the header: passport-jwt's own pattern takes a time that grows with the square of its length. */
const BEARER = /^Bearer +([\w.~+/=-]+)$/i;

function bearerToken({ headers }: { headers: { authorization?: string } }): string | null {
  return BEARER.exec(headers.authorization ?? '')?.[1] ?? null;
}

function keyIdOf(token: string): string | undefined {
  try {
    return jwt.decode(token, { complete: true })?.header.kid;
  } catch {
    return undefined; // its payload is no JSON
  }
}
