/** How a session, or a token in one, was opened. */
export type SignInWay = 'password' | 'company-user' | 'impersonation' | 'warehouse';

/** Why a password opened nothing; `blocked`: it was one wrong password too many, and others will not be looked at. */
export type SignInRefusal = 'unknown-account' | 'wrong-password' | 'inactive' | 'no-access' | 'blocked';
