import { Accounts1795305600000 } from './1795305600000-Accounts.js';
import { Warehouses1795305600001 } from './1795305600001-Warehouses.js';
import { Mfa1795305600002 } from './1795305600002-Mfa.js';
import { AgentsAndKeys1795392000000 } from './1795392000000-AgentsAndKeys.js';
import { Catalogue1795392000001 } from './1795392000001-Catalogue.js';
import { Shopping1795392000002 } from './1795392000002-Shopping.js';
import { MfaAudit1795478400000 } from './1795478400000-MfaAudit.js';
import { MfaPolicies1795478400001 } from './1795478400001-MfaPolicies.js';
import { WarehouseSessions1795478400002 } from './1795478400002-WarehouseSessions.js';
import { Notices1795478400003 } from './1795478400003-Notices.js';
import { CustomerSearch1795478400004 } from './1795478400004-CustomerSearch.js';
import { MfaRevisions1795824000000 } from './1795824000000-MfaRevisions.js';
import { NoticesOfBackups1795824000001 } from './1795824000001-NoticesOfBackups.js';
import { NoticeAllowances1795824000301 } from './1795824000301-NoticeAllowances.js';
import { AddressChanges1795910400013 } from './1795910400013-AddressChanges.js';
import { GuestCartNetworks1795996800101 } from './1795996800101-GuestCartNetworks.js';
import { AuditArchive1795996800301 } from './1795996800301-AuditArchive.js';
import { AuditTrailLists1795996800401 } from './1795996800401-AuditTrailLists.js';
import { CustomerLists1795996800402 } from './1795996800402-CustomerLists.js';
import { IdempotencyCounts1796083200101 } from './1796083200101-IdempotencyCounts.js';
import { CustomerTexts1796083200102 } from './1796083200102-CustomerTexts.js';
import { PageSessions1796169600101 } from './1796169600101-PageSessions.js';
import { SessionOrigins1796169600301 } from './1796169600301-SessionOrigins.js';
import { NoticesFromWhere1796256000901 } from './1796256000901-NoticesFromWhere.js';
import { CountedFigures1796342400101 } from './1796342400101-CountedFigures.js';
import { FailedCounts1796342400801 } from './1796342400801-FailedCounts.js';

/** All migrations, oldest first. */
export const MIGRATIONS = [
  Accounts1795305600000,
  Warehouses1795305600001,
  Mfa1795305600002,
  AgentsAndKeys1795392000000,
  Catalogue1795392000001,
  Shopping1795392000002,
  MfaAudit1795478400000,
  MfaPolicies1795478400001,
  WarehouseSessions1795478400002,
  Notices1795478400003,
  CustomerSearch1795478400004,
  MfaRevisions1795824000000,
  NoticesOfBackups1795824000001,
  NoticeAllowances1795824000301,
  AddressChanges1795910400013,
  GuestCartNetworks1795996800101,
  AuditArchive1795996800301,
  AuditTrailLists1795996800401,
  CustomerLists1795996800402,
  IdempotencyCounts1796083200101,
  CustomerTexts1796083200102,
  PageSessions1796169600101,
  SessionOrigins1796169600301,
  NoticesFromWhere1796256000901,
  CountedFigures1796342400101,
  FailedCounts1796342400801,
] as const;
