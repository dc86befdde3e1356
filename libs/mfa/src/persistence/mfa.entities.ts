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

/** The tables of this library; an application lists them among its entities. */
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
 * What an application's own login may do with the tables of the audit trail, where another one owns them: it cannot
 * change what was written, nor the ends of the chains, nor say that their beginnings were archived.
 */
export const MFA_TABLE_RIGHTS = {
  mfa_audit_event: 'SELECT, INSERT',
  mfa_audit_chain: 'SELECT',
  mfa_audit_anchor: 'SELECT',
} as const;
