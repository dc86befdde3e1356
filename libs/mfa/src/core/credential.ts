/** What a method keeps of one enrolment; the secret is sealed, so that the database alone opens nothing. */
export interface Credential {
  readonly id: string;
  readonly method: string;
  /** The id of the key that sealed the secret. */
  readonly keyId: string;
  readonly sealed: Buffer;
  /** What is no secret, such as a public key. */
  readonly publicData: object | null;
  /** The last value of a series that was accepted: a TOTP step, or a passkey's signature count. */
  readonly counter: bigint;
  /** Until when a set-up in progress can be verified; null: it was verified. */
  readonly pendingUntil: Date | null;
}

/** A credential that a method wants kept, with its secret in readable form: it exists in memory only. */
export interface NewCredential {
  /** Absent: nothing of it is secret; it is sealed all the same, and so opens for its account alone. */
  readonly secret?: Uint8Array;
  readonly publicData?: object;
  readonly counter: bigint;
}

/** A key that seals secrets of credentials; the database knows its id only. */
export interface EncryptionKey {
  readonly id: string;
  /** 32 bytes, of a use of its own: not derived from the secrets for codes. */
  readonly key: Uint8Array;
}
