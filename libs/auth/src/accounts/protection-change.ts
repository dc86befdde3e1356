import type { AccountKind } from '#platform';
import type { Account } from './account.js';

/** Where a request comes from. */
export interface Origin {
  readonly requestId?: string;
  readonly clientAddress?: string;
}

/** Who changes an account: itself, another person, or an agent who acts for a customer. */
export interface Actor {
  readonly kind: AccountKind | 'operator';
  readonly id: string;
  readonly sessionId?: string;
  readonly actsFor?: Account;
  readonly origin?: Origin;
  /** Why, in the actor's own words. */
  readonly reason?: string;
}

/** A change of what protects an account, for the trail. */
export interface ProtectionChange {
  readonly account: Account;
  readonly actor: Actor;
  readonly event: 'address-changed' | 'password-set' | 'roles-changed';
  /** The codes and grants of the account are worth nothing after it. */
  readonly voidsCodes: boolean;
  readonly details?: object;
}
