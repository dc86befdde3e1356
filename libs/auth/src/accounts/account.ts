import type { Account } from '#mfa';

/** The apps that tokens are issued for (the `aud` claim). */
export type Audience = 'storefront' | 'backend';

/** The data of an account that a login needs. */
export interface Credentials extends Account {
  readonly passwordHash: string;
  /** False if the account may not log in even with the right password: unconfirmed, deactivated or anonymised. */
  readonly eligible: boolean;
  readonly customerReference: string | null;
  /** The account's only or default company user. */
  readonly idCompanyUser: string | null;
  readonly roles: readonly string[];
}
