import type { Account, Actor, Origin } from './account.js';

/** An account in a login session. */
export interface Caller {
  readonly account: Account;
  /** Codes and grants belong to this session. */
  readonly sessionId: string;
  /**
   * The account that the caller acts for: an agent acts for a customer. Factors, codes and counters are always the
   * caller's own. If the other account has an active factor and the caller has none, protected actions are refused
   * (section 4, rule 9).
   */
  readonly onBehalfOf?: Account;
  /**
   * The names under which policies apply to the account or to `onBehalfOf`: `customers`, `company:<name>`,
   * `role:<role>`.
   */
  readonly policyKeys?: readonly string[];
  /** For the audit trail, and for mails with codes. */
  readonly origin?: Origin;
  /**
   * A session of pages keeps its grant itself: while one is alive, a protected action needs no value in its place. Clients of
   * an API repeat the value instead. To turn methods on or off takes a value all the same.
   */
  readonly holdsGrant?: boolean;
}

export function actorOf({ account, sessionId, onBehalfOf, origin }: Caller, reason?: string): Actor {
  return {
    ...account,
    sessionId,
    ...(onBehalfOf && { onBehalfOf }),
    ...(origin && { origin }),
    ...(reason !== undefined && { reason }),
  };
}

/**
 * Finds the account behind a request that the application has authenticated.
 *
 * @returns undefined if the request has no account, for example a guest's: it then passes protected resources
 */
export interface CallerResolver {
  resolve(request: unknown): Caller | undefined | Promise<Caller | undefined>;
}
