/** Customers and users have separate settings. Agents, Back Office, warehouse and merchant users are all `user`. */
export type AccountKind = 'customer' | 'user';

/** The account that a second factor protects. */
export interface Account {
  readonly kind: AccountKind;
  readonly id: string;
}

/** Where mails to an account are sent. */
export interface Recipient {
  readonly email: string;
  /** Locale such as `de_DE`. */
  readonly locale: string;
}

/** Where a request comes from, for the audit trail and for mails. */
export interface Origin {
  readonly requestId?: string;
  /** The client's IP address. Forwarding headers count only if a trusted proxy sent them. */
  readonly clientAddress?: string;
  /** The `User-Agent` header. The mail with a code names the browser; it is not stored. */
  readonly userAgent?: string;
}

/** Who acts on an account: another account, or an operator (then `id` is the operator's login name at the machine). */
export interface Actor {
  readonly kind: AccountKind | 'operator';
  readonly id: string;
  readonly sessionId?: string;
  readonly onBehalfOf?: Account;
  readonly origin?: Origin;
  /** The reason in the actor's own words. */
  readonly reason?: string;
}
