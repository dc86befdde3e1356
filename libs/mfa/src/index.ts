/** The public API of the library. Nothing else may be imported from it. */
export type { Account, AccountKind, Actor, Origin, Recipient } from './core/account.js';
export { AccountCopyService, type CopiedCredential, type CopyOwner } from './core/account-copy.service.js';
export { AUDIT_EVENTS, type AuditEvent } from './core/audit.js';
export { AuditTrailService, type AuditObserver } from './core/audit-trail.service.js';
export { anchorFaults, chainHash, isSameChain, type AuditFault } from './core/audit-verification.js';
export { actorOf, type Caller, type CallerResolver } from './core/caller.js';
export type { Code, CodeOccasion, CodePurpose, MfaSecret } from './core/code.js';
export { CredentialKeysService } from './core/credential-keys.service.js';
export type { EncryptionKey } from './core/credential.js';
export { FactorStatus } from './core/factor.js';
export { FactorListService, type FactorList, type ListedFactor } from './core/factor-list.service.js';
export { FactorService, type HandedOut } from './core/factor.service.js';
export { DEFAULT_LIMITS, type MfaLimits } from './core/limits.js';
export type { CodeMail, MailSender } from './core/mail-sender.js';
export type {
  Attempt,
  Begun,
  ChallengeAttempt,
  Challenges,
  CodeDelivery,
  Describes,
  HandsOut,
  Kept,
  Method,
  Proves,
  SendsCodes,
  SetUpStart,
} from './core/method.js';
export { MFA_ERRORS, type MfaErrorName } from './core/mfa-errors.js';
export { MfaException } from './core/mfa.exception.js';
export { MFA_OPTIONS, type MfaOptions } from './core/mfa.options.js';
export { MfaFiguresService, midnightBefore, type DayFigures } from './core/mfa-figures.service.js';
export { MfaService, type ProtectionChange, type SignIn } from './core/mfa.service.js';
export { POLICY_SCOPES, type NewPolicy, type Policy, type PolicyScope } from './core/policy.js';
export { PolicyService } from './core/policy.service.js';
export type { Proof } from './core/proof.js';
export { StepUpService } from './core/step-up.service.js';
export { MFA_ENDPOINT } from './http/mfa-endpoint.decorator.js';
export type { MfaHttpOptions } from './http/mfa-http.options.js';
export { ProtectedResources } from './http/protected-resources.js';
export { MfaGuard } from './http/mfa.guard.js';
export { MfaInterceptor } from './http/mfa.interceptor.js';
export { keepPassedStepUp } from './http/passed-step-ups.js';
export { Protected, type Protection } from './http/protected.decorator.js';
export { MFA_RESPONSES } from './http/mfa-responses.js';
export { DEFAULT_METHODS } from './methods/index.js';
export { EmailMethod, type EmailOptions } from './methods/email/email.method.js';
export type { TotpOptions } from './methods/totp/totp.method.js';
export { MfaHttpModule, type MfaHttpModuleAsyncOptions } from './mfa-http.module.js';
export { MfaModule, type MfaModuleAsyncOptions } from './mfa.module.js';
export {
  COPIED_CREDENTIALS_IMPORT,
  copiedCredentials,
  exportedFactors,
  factorsImport,
  IMPORTED_TABLES,
  LEFT_OUT_FACTORS,
  type CopyScope,
} from './persistence/account-copy.sql.js';
export {
  ANCHORS_DIGEST,
  ARCHIVE_CHAIN,
  archiveLinesQuery,
  archiveSizeQuery,
  ARCHIVES,
  AUDIT_ARCHIVE,
  type ArchivedChain,
  type AuditArchive,
} from './persistence/audit-archive.sql.js';
export type { AuditCheckpoint, ListedArchive } from './persistence/audit-chain.repository.js';
export { auditExportQuery, type AuditExportFilter } from './persistence/audit-export.sql.js';
export type { AuditEntry, AuditFilter } from './persistence/audit-trail.repository.js';
export type { AccountOverview, CredentialOverview } from './persistence/factors.repository.js';
export { hasNoneOf } from './persistence/factors.sql.js';
export { MFA_ENTITIES, MFA_TABLE_RIGHTS } from './persistence/mfa.entities.js';
export type { Transaction } from './persistence/account-state.repository.js';
export { JsonApiExceptionFilter } from '#json-api';
