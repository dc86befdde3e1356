import type { Account, Actor } from './account.js';

/** What happened to an account's second factor, or was decided about it. */
export const AUDIT_EVENTS = [
  'activation-begun',
  'activated',
  'deactivated',
  'code-sent',
  'send-failed',
  'accepted',
  'refused',
  'blocked',
  'locked',
  'removed',
  'unlocked',
  'policy-changed',
  'imported',
  'account-ended',
  'codes-voided',
  'address-changed',
  'password-set',
  'roles-changed',
] as const;
export type AuditEvent = (typeof AUDIT_EVENTS)[number];

/** A change of what protects an account beside its second factors. */
export interface ProtectionChange {
  readonly account: Account;
  /** The account itself, or another person. */
  readonly actor: Actor;
  readonly event: 'address-changed' | 'password-set' | 'roles-changed';
  /** The codes and grants of the account are worth nothing after it. */
  readonly voidsCodes: boolean;
  readonly details?: object;
}

/** In whose trail an entry stands, who did it, and when. */
export interface Authorship {
  readonly account: Account;
  readonly actor: Actor;
  readonly at: Date;
}

/** An entry that is to be written; never a code. */
export interface NewAuditEntry extends Authorship {
  readonly event: AuditEvent;
  readonly method?: string;
  /** The code of the answer, where something was refused or failed. */
  readonly errorCode?: string;
  readonly details?: object;
}
