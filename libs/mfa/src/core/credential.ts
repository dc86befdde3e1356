/** What a method stores for one enrolment. The secret is sealed: the database alone cannot open it. */
export interface Credential {
  readonly id: string;
  readonly method: string;
  /** The id of the key that sealed the secret. */
  readonly keyId: string;
  readonly sealed: Buffer;
  /** Public data, such as a public key. */
  readonly publicData: object | null;
  /** The last accepted value of a series: a TOTP time step, or a passkey's signature count. */
  readonly counter: bigint;
  /** Until when an unfinished set-up can be verified. Null if it was verified. */
  readonly pendingUntil: Date | null;
}

/** A credential before it is stored, with its secret in plain text. It exists in memory only. */
export interface NewCredential {
  /**
   * Absent if nothing is secret. An empty secret is sealed then, so that the credential belongs to its account only.
   */
  readonly secret?: Uint8Array;
  readonly publicData?: object;
  readonly counter: bigint;
}

/** A key that seals secrets of credentials. The database stores only its id. */
export interface EncryptionKey {
  readonly id: string;
  /** 32 bytes, for this use only: not derived from the secrets for codes. */
  readonly key: Uint8Array;
}
