import type { Account, AccountKind, Recipient } from './account.js';
import type { Code, CodePurpose } from './code.js';
import type { NewCredential } from './credential.js';
import type { Proof } from './proof.js';

/**
 * A kind of second factor: one class in one folder, and one line in the registration list.
 *
 * What it can do it says by implementing one or more of the interfaces below. Limits, judging and grants are the same
 * for every method and none of its business.
 */
export interface Method {
  /** Its name on the wire (`attributes.type`): lower case, digits, hyphens. */
  readonly name: string;
  /** The kinds of account that can set it up. */
  readonly offeredTo: readonly AccountKind[];
  /** What it is in the terms of RFC 8176. */
  readonly amr: readonly string[];
  /** Its values stand in for those of other methods; alone it protects nothing. */
  readonly isBackup?: true;
  /** It keeps credentials, which are sealed, so that keys are needed. */
  readonly keepsSecrets?: true;
  /**
   * The one form in which a submitted value is compared; undefined: the value has not the form of this method.
   *
   * Without it a value is compared as it was submitted.
   */
  canonical?(value: string): string | undefined;
}

/** Codes are drawn by the library, and brought to the person by the method. */
export interface SendsCodes extends Method {
  /** Resolves when the code was handed over for good; rejects when it was not. Does not retry. */
  send(delivery: CodeDelivery): Promise<void>;
}

/** Activate answers with something that the person needs: a secret, a list of codes, options for a browser. */
export interface HandsOut extends Method {
  begin(setUp: SetUpStart): Promise<Begun>;
}

/** The method itself tells whether a value fits something that is stored. */
export interface Proves extends Method {
  /** Undefined for every value that fits nothing; throws only where the value could not be looked at. */
  prove(value: Code, attempt: Attempt): Promise<Proof | undefined>;
}

/** A value answers a challenge: trigger answers with what the person needs for that. */
export interface Challenges extends Proves {
  challenge(attempt: ChallengeAttempt): Promise<object>;
}

/** The method adds something to what `multi-factor-auth-types` tells of an active factor. */
export interface Describes extends Method {
  describe(kept: Kept): Readonly<Record<string, unknown>>;
}

/** A code on its way to a person. */
export interface CodeDelivery {
  readonly account: Account;
  readonly recipient: Recipient;
  readonly code: Code;
  readonly purpose: CodePurpose;
  /** How long the code lives. */
  readonly ttlSeconds: number;
  /** Aborts when the time for one send is over. */
  readonly signal: AbortSignal;
}

export interface SetUpStart {
  readonly account: Account;
  /** How the person knows the account: its address. */
  readonly label: string;
  /** Until when the set-up can be verified. */
  readonly expiresAt: Date;
  /** Random, base64url; where the method challenges, a value for verify has to answer it. */
  readonly challenge: string;
}

/** What a set-up begins with. */
export interface Begun {
  /** What activate answers beside the type, shown once; asked for when the set-up has begun, and not before. */
  readonly answer: () => Readonly<Record<string, unknown>>;
  /** What is kept until it is verified. */
  readonly credential?: NewCredential;
  /** The digests of recovery codes; with them the set-up is complete. */
  readonly recoveryDigests?: readonly Buffer[];
}

/** What is kept of one enrolment, as its method sees it. */
export interface KeptCredential {
  readonly id: string;
  readonly publicData: object | null;
  readonly counter: bigint;
  /** The secret; undefined when it cannot be opened. */
  open(): Uint8Array | undefined;
}

export interface Kept {
  readonly credentials: readonly KeptCredential[];
  readonly recoveryDigests: readonly Buffer[];
}

/** An attempt to prove something. */
export interface Attempt extends Kept {
  readonly account: Account;
  readonly now: Date;
  readonly purpose: CodePurpose;
  /** The MAC under which a challenge of this session and method is stored. */
  challengeMac(challenge: string): Buffer;
}

export interface ChallengeAttempt extends Attempt {
  /** Random, base64url. */
  readonly challenge: string;
}

export const METHODS = Symbol('METHODS');

export const sendsCodes = (method: Method): method is SendsCodes => 'send' in method;
export const handsOut = (method: Method): method is HandsOut => 'begin' in method;
export const proves = (method: Method): method is Proves => 'prove' in method;
export const challenges = (method: Method): method is Challenges => 'challenge' in method;
export const describes = (method: Method): method is Describes => 'describe' in method;
