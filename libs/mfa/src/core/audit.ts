import type { Account, Actor } from './account.js';

/** What happened to an account's second factor, or to what else protects it, or was decided about it. */
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

/** An entry without its place: what happened; never a code. */
export interface AuditNote {
  readonly event: AuditEvent;
  readonly method?: string;
  /** The code of the answer, where something was refused or failed. */
  readonly errorCode?: string;
  readonly details?: object;
}

/** In whose trail an entry stands, who did it, and when. */
export interface AuditContext {
  readonly account: Account;
  readonly actor: Actor;
  readonly at: Date;
}

/** An entry that is to be written. */
export interface NewAuditEntry extends AuditContext, AuditNote {}
