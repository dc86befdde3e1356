/** The public API of the library; nothing else may be imported from it. */
export {
  actorOf,
  type Account,
  type AccountKind,
  type Actor,
  type Caller,
  type CallerResolver,
} from './core/account.js';
export { AUDIT_EVENTS, type ProtectionChange } from './core/audit.js';
export { AuditTrailService, type AuditObserver } from './core/audit-trail.service.js';
export type { AuditFault } from './core/audit-verification.js';
export type { Code, CodePurpose, MfaSecret } from './core/code.js';
export { FactorStatus } from './core/factor.js';
export type { CodeDelivery, Method } from './core/method.js';
export { MFA_ERRORS } from './core/mfa-errors.js';
export { MfaService } from './core/mfa.service.js';
export { POLICY_SCOPES, type NewPolicy, type Policy, type PolicyScope } from './core/policy.js';
export { PolicyService } from './core/policy.service.js';
export { MFA_ENDPOINT } from './http/mfa-endpoint.decorator.js';
export { MfaGuard } from './http/mfa.guard.js';
export { MfaInterceptor } from './http/mfa.interceptor.js';
export { Protected } from './http/protected.decorator.js';
export { STEP_UP_GATE } from './http/step-up-gate.js';
export { DEFAULT_METHODS } from './methods/index.js';
export { EmailMethod } from './methods/email/email.method.js';
export type { CodeMail, MailSender } from './methods/email/mail-sender.js';
export { MfaModule, type MfaModuleAsyncOptions } from './mfa.module.js';
export { DEFAULT_LIMITS, type MfaLimits, type MfaOptions } from './mfa.options.js';
export { copiedFactors, factorsImport, IMPORTED_TABLES } from './persistence/account-copy.repository.js';
export type { AccountState } from './persistence/account-state.repository.js';
export type { Transaction } from './persistence/code.repository.js';
export type { AuditHead } from './persistence/audit-chain.repository.js';
export type { AuditEntry, AuditFilter } from './persistence/audit-trail.repository.js';
export { MFA_ENTITIES, MFA_TABLE_RIGHTS } from './persistence/mfa.entities.js';
export { JsonApiExceptionFilter } from '#json-api';
