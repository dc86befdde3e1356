import type { AccountKind, Caller } from './account.js';
import type { Code, CodePurpose } from './code.js';

/** A code on its way to a person. */
export interface CodeDelivery {
  readonly recipient: Caller;
  readonly code: Code;
  readonly purpose: CodePurpose;
  /** How long the code lives. */
  readonly ttlSeconds: number;
  /** Aborts when the time for one send is over. */
  readonly signal: AbortSignal;
}

/**
 * A kind of second factor whose codes are sent: one class in one folder, and one line in the registration list.
 *
 * Issuing, limits, judging and grants are the same for every method and none of its business.
 */
export interface Method {
  /** Its name on the wire (`attributes.type`): lower case, digits, hyphens. */
  readonly name: string;
  /** The kinds of account that can set it up. */
  readonly offeredTo: readonly AccountKind[];
  /** Resolves when the code was handed over for good; rejects when it was not. Does not retry. */
  send(delivery: CodeDelivery): Promise<void>;
}

export const METHODS = Symbol('METHODS');
