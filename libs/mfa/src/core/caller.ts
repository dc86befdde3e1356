import type { Account, Actor, Origin } from './account.js';

/** An account in one of its login sessions. */
export interface Caller {
  readonly account: Account;
  /** The login session: codes and grants belong to it. */
  readonly sessionId: string;
  /**
   * Whom the account acts for, an agent for a customer. All factors, codes and counters are the account's own; but if
   * the other one has an active factor and the account has none, protected actions are refused (section 4, rule 9).
   */
  readonly onBehalfOf?: Account;
  /** What policies name the account by, and whom it acts for: `customers`, `company:<name>`, `role:<role>`. */
  readonly policyKeys?: readonly string[];
  /** For the audit trail. */
  readonly origin?: Origin;
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
 * Tells the account behind a request that the application has authenticated.
 *
 * Undefined: the request comes from nobody with an account, a guest for example; protected resources let it pass.
 */
export interface CallerResolver {
  resolve(request: unknown): Caller | undefined | Promise<Caller | undefined>;
}
