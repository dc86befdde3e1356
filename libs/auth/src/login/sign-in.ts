/** How a session, or a token in one, was opened. */
export type SignInWay = 'password' | 'company-user' | 'impersonation' | 'warehouse';

/** Why a login was refused. `blocked`: this wrong password reached the limit, and further ones are not checked. */
export type SignInRefusal = 'unknown-account' | 'wrong-password' | 'inactive' | 'no-access' | 'blocked';
