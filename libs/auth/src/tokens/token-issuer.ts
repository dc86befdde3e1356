import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import jwt from 'jsonwebtoken';
import { Clock } from '#platform';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import type { NewToken } from '../sessions/session.repository.js';
import { ALGORITHM, ISSUER, type AccessTokenClaims } from './claims.js';
import { KeyRing } from './key-ring.js';

/** What a client receives. `expiresIn` is in seconds. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
  readonly idCompanyUser: string | null;
}

/** The claims about the bearer of an access token. */
export type BearerClaims = Omit<AccessTokenClaims, 'iss' | 'aud' | 'jti' | 'iat' | 'exp'>;

const REFRESH_TOKEN_BYTES = 48;

/** Draws refresh tokens and signs access tokens for this app. */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  /** @returns the token for the client, and the row to store */
  newRefreshToken(): { refreshToken: string; row: NewToken } {
    const refreshToken = randomBytes(REFRESH_TOKEN_BYTES).toString('hex');
    const issuedAt = this.clock.now();
    const expiresAt = new Date(issuedAt.getTime() + this.options.settings.refreshTokenTtlSeconds * 1000);
    return { refreshToken, row: { hash: hashOf(refreshToken), issuedAt, expiresAt } };
  }

  /** @param expiresIn seconds */
  accessToken(bearer: BearerClaims, expiresIn: number): string {
    const iat = Math.floor(this.clock.now().getTime() / 1000);
    const claims: AccessTokenClaims = {
      iss: ISSUER,
      aud: this.options.audience,
      ...bearer,
      jti: randomUUID(),
      iat,
      exp: iat + expiresIn,
    };
    return jwt.sign(claims, this.keys.privateKey, { algorithm: ALGORITHM, keyid: this.keys.signingKeyId });
  }
}

/** The hash under which a refresh token is stored. */
export function hashOf(refreshToken: string): Buffer {
  return createHash('sha256').update(refreshToken).digest();
}
