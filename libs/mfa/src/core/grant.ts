import type { CodeMac } from './code.js';

/** What the first accepted value opened for one session of an account: the same value is good there until it ends. */
export interface Grant extends CodeMac {
  readonly sessionId: string;
  /** The method whose value it was. */
  readonly method: string;
  readonly expiresAt: Date;
}

export interface StoredGrant extends Grant {
  readonly grantedAt: Date;
}
