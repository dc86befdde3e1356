export { AccountKey } from './account-keys/account-key.entity.js';
export { AccountKeyService } from './account-keys/account-key.service.js';
export { AccountMailsService } from './account-mails/account-mails.service.js';
export { ACCOUNT_ERRORS } from './accounts/account-errors.js';
export type { Audience, Credentials } from './accounts/account.js';
export { AccountRepository } from './accounts/account.repository.js';
export { CompanyUser } from './accounts/company-user.entity.js';
export {
  customerSearch,
  MOST_FOUND,
  withListedCustomers,
  type CustomerSearch,
} from './accounts/customer-search.sql.js';
export {
  BirthDate,
  Gender,
  GENDERS,
  LoginEmail,
  PersonName,
  Roles,
  Salutation,
  SALUTATIONS,
  USER_LOCALES,
  USER_STATUSES,
  UserLocale,
  UserStatus,
  WarehouseFlag,
} from './accounts/account-rules.js';
export { Customer } from './accounts/customer.entity.js';
export { User } from './accounts/user.entity.js';
export { AgentAuthGuard } from './agent-auth.guard.js';
export { AUTH_ERRORS, tooManyAttempts } from './auth-errors.js';
export { AuthModule } from './auth.module.js';
export { LOGIN_BOUND_STATE, type LoginBoundState } from './auth.options.js';
export { AUTH_ENTITIES } from './auth.entities.js';
export { JwtAuthGuard } from './jwt-auth.guard.js';
export { AGENT_LOGIN_LIMIT, type LoginLimit } from './login/login-throttle.repository.js';
export { LoginLimitGuard, loginBlocked, LoginOf } from './login/login-limit.guard.js';
export { LoginService } from './login/login.service.js';
export { OAuthErrorDto, OAuthFormDto, OAuthTokensDto } from './login/dto/oauth.dto.js';
export { oauthAnswer, type RefusedGrant } from './login/oauth-answer.js';
export { allowanceOfGrant, OAuthGrantService, type OAuthRefusal } from './login/oauth-grant.service.js';
export { NoticeRecipientsRepository } from './notices/notice-recipients.repository.js';
export { addNotice } from './notices/add-notice.js';
export {
  PageSessionService,
  type OpenedPageSession,
  type PagePrincipal,
} from './page-sessions/page-session.service.js';
export { hashPassword, hashUnknownPassword } from './passwords/password-hashing.js';
export { PasswordService } from './passwords/password.service.js';
export { PasswordRestoreService } from './passwords/password-restore.service.js';
export { RestorePasswordDto } from './passwords/dto/restore-password.dto.js';
export { assertNewPassword, assertStrong } from './passwords/new-password.js';
export { PASSWORD_ERRORS, WEAKNESS_ERRORS } from './passwords/password-errors.js';
export { CurrentPassword, NewPassword, RepeatedPassword, weaknessOf } from './passwords/password-policy.js';
export {
  callerOf,
  CurrentCaller,
  CurrentOrigin,
  CurrentPrincipal,
  isAgent,
  type AgentPrincipal,
  type Principal,
  type ReachableCaller,
  type RequestWithPrincipal,
} from './principal.js';
export { OwnSessionsService, type OwnSession } from './sessions/own-sessions.service.js';
export { SessionEndService, type LostRights } from './sessions/session-end.service.js';
export { ADMINISTRATOR_ROLE, AGENT_ROLE, ROLES, type Role, type Scope } from './tokens/scopes.js';
export type { IssuedTokens } from './tokens/token-issuer.js';
export { TokenService } from './tokens/token.service.js';
export { IssuesTokens } from './tokens/issues-tokens.decorator.js';
export { WAREHOUSE_TOKEN_TTL_SECONDS, WarehouseTokenService } from './tokens/warehouse-token.service.js';
