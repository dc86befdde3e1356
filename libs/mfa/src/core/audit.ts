import type { Account, Actor } from './account.js';

/**
 * Everything that the audit trail records: changes of an account's second factor, changes of its other protection, and
 * decisions.
 */
export const AUDIT_EVENTS = [
  'activation-begun',
  'activated',
  'renewed',
  'deactivated',
  'code-sent',
  'send-failed',
  'accepted',
  'backup-used',
  'refused',
  'blocked',
  'locked',
  'codes-voided',
  'removed',
  'unlocked',
  'policy-changed',
  'imported',
  'address-changed',
  'password-set',
  'roles-changed',
  'account-ended',
  'archived',
  'signed-in',
  'sign-in-refused',
] as const;
export type AuditEvent = (typeof AUDIT_EVENTS)[number];

/** What happened, without account, actor and time. It never contains a code. */
export interface AuditNote {
  readonly event: AuditEvent;
  readonly method?: string;
  /** The error code of the response if something was refused or failed. */
  readonly errorCode?: string;
  readonly details?: object;
}

/** Whose trail an entry belongs to, who acted, and when. */
export interface AuditContext {
  readonly account: Account;
  readonly actor: Actor;
  readonly at: Date;
}

export interface NewAuditEntry extends AuditContext, AuditNote {}
