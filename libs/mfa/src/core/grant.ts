import type { CodeMac } from './code.js';

/** Opened by the first accepted value in a session: the same value stays valid in this session until the grant ends. */
export interface Grant extends CodeMac {
  readonly sessionId: string;
  /** The method of that value. */
  readonly method: string;
  readonly expiresAt: Date;
}

export interface StoredGrant extends Grant {
  readonly grantedAt: Date;
}
