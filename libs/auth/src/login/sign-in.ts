import type { Account } from '../accounts/account.js';
import type { Actor } from '../accounts/protection-change.js';

/** How a session, or a token in one, was opened. */
export type SignInWay = 'password' | 'company-user' | 'impersonation' | 'warehouse';

/** Why a password opened nothing; `blocked`: it was one wrong password too many, and others will not be looked at. */
export type SignInRefusal = 'unknown-account' | 'wrong-password' | 'inactive' | 'no-access' | 'blocked';

/** A login, for the trail of the account; of an account that there is not, `id` is empty. */
export interface SignIn {
  readonly account: Account;
  readonly actor: Actor;
  readonly event: 'signed-in' | 'sign-in-refused';
  readonly details: object;
}
