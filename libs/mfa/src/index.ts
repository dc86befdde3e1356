/** The public API of the library; nothing else may be imported from it. */
export type { Account, AccountKind, Caller, CallerResolver } from './core/account.js';
export type { Code, CodePurpose, MfaSecret } from './core/code.js';
export { FactorStatus } from './core/factor.js';
export type { CodeDelivery, Method } from './core/method.js';
export { MFA_ERRORS } from './core/mfa-errors.js';
export { MfaService } from './core/mfa.service.js';
export { MfaGuard } from './http/mfa.guard.js';
export { MfaInterceptor } from './http/mfa.interceptor.js';
export { Protected } from './http/protected.decorator.js';
export { DEFAULT_METHODS } from './methods/index.js';
export { EmailMethod } from './methods/email/email.method.js';
export type { CodeMail, MailSender } from './methods/email/mail-sender.js';
export { MfaModule, type MfaModuleAsyncOptions } from './mfa.module.js';
export { DEFAULT_LIMITS, type MfaLimits, type MfaOptions } from './mfa.options.js';
export { MFA_ENTITIES } from './persistence/mfa.entities.js';
export { JsonApiExceptionFilter } from '#json-api';
