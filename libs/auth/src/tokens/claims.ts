import type { AccountKind } from '#mfa';
import type { Audience } from '../accounts/account.js';

export const ISSUER = 'sallyport';
export const ALGORITHM = 'RS256';

/** The claims of an access token (RFC 7519; contract: resources, section 1.1). */
export interface AccessTokenClaims {
  readonly iss: typeof ISSUER;
  readonly aud: Audience;
  /** The account's id. In a token without `kind`: the id of what the token represents instead. */
  readonly sub: string;
  readonly kind?: AccountKind;
  /** The login session. It stays the same after a refresh. */
  readonly sid: string;
  readonly jti: string;
  readonly iat: number;
  readonly exp: number;
  readonly scopes: readonly string[];
  readonly customer_reference?: string;
  readonly id_company_user?: string;
  /** The user who acts for the customer (RFC 8693, section 4.1). */
  readonly act?: { readonly sub: string; readonly kind: 'user' };
}
