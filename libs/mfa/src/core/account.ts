/** Customers and users are configured apart; agents, Back Office, warehouse and merchant users are all `user`. */
export type AccountKind = 'customer' | 'user';

/** Who is protected. */
export interface Account {
  readonly kind: AccountKind;
  readonly id: string;
}

/** Where mails of an account go. */
export interface Recipient {
  readonly email: string;
  /** ISO form, such as `de_DE`. */
  readonly locale: string;
}

/** Where a request comes from. */
export interface Origin {
  readonly requestId?: string;
  /** The client's address; from forwarding headers only where a trusted proxy sent them. */
  readonly clientAddress?: string;
}

/** Who does something to an account: an account, or an operator by the name of the login at the machine. */
export interface Actor {
  readonly kind: AccountKind | 'operator';
  readonly id: string;
  readonly sessionId?: string;
  readonly onBehalfOf?: Account;
  readonly origin?: Origin;
  /** Why, in the actor's own words. */
  readonly reason?: string;
}
