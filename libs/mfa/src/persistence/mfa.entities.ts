import { MfaAccount } from './mfa-account.entity.js';
import { MfaAuditAnchor } from './mfa-audit-anchor.entity.js';
import { MfaAuditChain } from './mfa-audit-chain.entity.js';
import { MfaAuditEvent } from './mfa-audit-event.entity.js';
import { MfaCode } from './mfa-code.entity.js';
import { MfaCredential } from './mfa-credential.entity.js';
import { MfaFactor } from './mfa-factor.entity.js';
import { MfaGrant } from './mfa-grant.entity.js';
import { MfaRecoveryCode } from './mfa-recovery-code.entity.js';
import { Policy } from './policy.entity.js';

/** The entities of this library, to be listed among the application's entities. */
export const MFA_ENTITIES = [
  MfaAccount,
  MfaFactor,
  MfaCode,
  MfaGrant,
  MfaCredential,
  MfaRecoveryCode,
  Policy,
  MfaAuditEvent,
  MfaAuditChain,
  MfaAuditAnchor,
] as const;

/**
 * The rights of an application's login on the tables of the audit trail, if another login owns them. The application
 * cannot change written entries or the ends of chains, and it cannot mark entries as archived.
 */
export const MFA_TABLE_RIGHTS = {
  mfa_audit_event: 'SELECT, INSERT',
  mfa_audit_chain: 'SELECT',
  mfa_audit_anchor: 'SELECT',
} as const;
