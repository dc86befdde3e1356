import { Mfa1795305600002 } from './1795305600002-Mfa.js';
import { MfaAudit1795478400000 } from './1795478400000-MfaAudit.js';
import { MfaPolicies1795478400001 } from './1795478400001-MfaPolicies.js';
import { MfaRevisions1795824000000 } from './1795824000000-MfaRevisions.js';
import { AuditArchive1795996800301 } from './1795996800301-AuditArchive.js';
import { AuditTrailLists1795996800401 } from './1795996800401-AuditTrailLists.js';

/** The migrations for the tables of `MFA_ENTITIES`, oldest first. An application adds them to its own. */
export const MFA_MIGRATIONS = [
  Mfa1795305600002,
  MfaAudit1795478400000,
  MfaPolicies1795478400001,
  MfaRevisions1795824000000,
  AuditArchive1795996800301,
  AuditTrailLists1795996800401,
] as const;
