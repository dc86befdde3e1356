import type { Account } from '#mfa';

/** The apps that tokens are issued for (the `aud` claim). */
export type Audience = 'storefront' | 'backend';

/** What a login needs to know of an account. */
export interface Credentials extends Account {
  readonly passwordHash: string;
  /** False: the right password opens nothing (unconfirmed, deactivated, anonymised). */
  readonly eligible: boolean;
  readonly customerReference: string | null;
  /** The account's only or default company user. */
  readonly idCompanyUser: string | null;
  readonly roles: readonly string[];
}
