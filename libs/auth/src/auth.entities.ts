import { AccountKey } from './account-keys/account-key.entity.js';
import { CompanyUser } from './accounts/company-user.entity.js';
import { Customer } from './accounts/customer.entity.js';
import { User } from './accounts/user.entity.js';
import { LoginFailure } from './login/login-failure.entity.js';
import { NoticeAllowance } from './notices/notice-allowance.entity.js';
import { LoginSession } from './sessions/login-session.entity.js';
import { PageSession } from './page-sessions/page-session.entity.js';
import { RefreshToken } from './sessions/refresh-token.entity.js';

export const AUTH_ENTITIES = [
  Customer,
  CompanyUser,
  User,
  LoginSession,
  RefreshToken,
  PageSession,
  LoginFailure,
  AccountKey,
  NoticeAllowance,
] as const;
