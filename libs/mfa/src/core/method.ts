import type { Account, AccountKind, Origin, Recipient } from './account.js';
import type { Code, CodeOccasion, CodePurpose } from './code.js';
import type { NewCredential } from './credential.js';
import type { Proof } from './proof.js';

/**
 * A kind of second factor: one class in its own folder, and one line in the list of registrations.
 *
 * A method implements one or more of the interfaces below. Limits, decisions and grants are the same for all methods,
 * and are not the method's task.
 */
export interface Method {
  /** The value of `attributes.type`: lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly offeredTo: readonly AccountKind[];
  /** Its authentication method references (RFC 8176). */
  readonly amr: readonly string[];
  /** Its values can replace those of other methods. Alone it does not protect an account. */
  readonly isBackup?: true;
  /** It stores credentials. They are sealed, so encryption keys are needed. */
  readonly keepsSecrets?: true;
  /**
   * Normalises a submitted value for comparison. Without this function a value is compared as it was submitted.
   *
   * @returns undefined if the value does not have the form of this method's values
   */
  canonical?(value: string): string | undefined;
}

/** The library draws the codes; the method delivers them. */
export interface SendsCodes extends Method {
  /** Resolves when the code was handed over; rejects if it was not. Does not retry. */
  send(delivery: CodeDelivery): Promise<void>;
}

/** Activate returns something to the person: a secret, a list of codes, or options for a browser. */
export interface HandsOut extends Method {
  begin(setUp: SetUpStart): Promise<Begun>;
}

/** The method itself checks whether a value matches stored data. */
export interface Proves extends Method {
  /**
   * @returns undefined if the value matches nothing
   * @throws if the value could not be checked
   */
  prove(value: Code, attempt: Attempt): Promise<Proof | undefined>;
}

/** Values answer a challenge. Trigger returns what the person needs for the answer. */
export interface Challenges extends Proves {
  challenge(attempt: ChallengeAttempt): Promise<object>;
}

/** The method adds attributes to its active factor in `multi-factor-auth-types`. */
export interface Describes extends Method {
  describe(kept: Kept): Readonly<Record<string, unknown>>;
}

export interface CodeDelivery {
  readonly account: Account;
  readonly recipient: Recipient;
  readonly code: Code;
  readonly purpose: CodePurpose;
  /** What the code is for, in more detail than by its purpose. */
  readonly occasion: 'activation' | CodeOccasion;
  /** The time of the request. */
  readonly requestedAt: Date;
  /** Where the request came from, as far as the application says it. */
  readonly origin?: Origin;
  /** The lifetime of the code in seconds. */
  readonly ttlSeconds: number;
  /** Aborts when the time limit of one send is over. */
  readonly signal: AbortSignal;
}

export interface SetUpStart {
  readonly account: Account;
  /** The name by which the person knows the account: its mail address. */
  readonly label: string;
  /** Until when the set-up can be verified. */
  readonly expiresAt: Date;
  /** Random, base64url. If the method uses challenges, the value for verify must answer this one. */
  readonly challenge: string;
}

/** The result of starting a set-up. */
export interface Begun {
  /** The attributes that activate returns besides the type, shown once. Called only after the set-up was stored. */
  readonly answer: () => Readonly<Record<string, unknown>>;
  /** Stored until it is verified. */
  readonly credential?: NewCredential;
  /** The digests of recovery codes. A set-up with them needs no verification. */
  readonly recoveryDigests?: readonly Buffer[];
}

/** A stored credential, as its method sees it. */
export interface KeptCredential {
  readonly id: string;
  readonly publicData: object | null;
  readonly counter: bigint;
  /** @returns the secret, or undefined if it cannot be opened */
  open(): Uint8Array | undefined;
}

export interface Kept {
  readonly credentials: readonly KeptCredential[];
  readonly recoveryDigests: readonly Buffer[];
}

/** The context in which a method checks a value. */
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
