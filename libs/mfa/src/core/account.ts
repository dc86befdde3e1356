/** Customers and users are configured apart; agents, Back Office, warehouse and merchant users are all `user`. */
export type AccountKind = 'customer' | 'user';

/** Who is protected. */
export interface Account {
  readonly kind: AccountKind;
  readonly id: string;
}

/** An account in one of its login sessions, and how to reach its person. */
export interface Caller {
  readonly account: Account;
  /** The login session: codes and grants belong to it. */
  readonly sessionId: string;
  /** Where the e-mail method sends to. */
  readonly email: string;
  /** ISO form, such as `de_DE`. */
  readonly locale: string;
  /**
   * Whom the account acts for, an agent for a customer. All factors, codes and counters are the account's own; but if
   * the other one has an active factor and the account has none, protected actions are refused (section 4, rule 9).
   */
  readonly actsFor?: Account;
  /** What policies name the account by, and whom it acts for: `customers`, `company:<name>`, `role:<role>`. */
  readonly policyKeys?: readonly string[];
  /** For the audit trail. */
  readonly origin?: Origin;
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
  readonly actsFor?: Account;
  readonly origin?: Origin;
  /** Why, in the actor's own words. */
  readonly reason?: string;
}

export function actorOf({ account, sessionId, actsFor, origin }: Caller, reason?: string): Actor {
  return {
    ...account,
    sessionId,
    ...(actsFor && { actsFor }),
    ...(origin && { origin }),
    ...(reason !== undefined && { reason }),
  };
}

/**
 * Tells the account behind a request that the application has authenticated.
 *
 * Undefined: the request comes from nobody with an account, a guest for example; protected resources let it pass.
 */
export interface CallerResolver {
  resolve(request: unknown): Caller | undefined | Promise<Caller | undefined>;
}
