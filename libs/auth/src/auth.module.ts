import { randomUUID } from 'node:crypto';
import { Module, type DynamicModule, type InjectionToken } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountKeyRepository } from './account-keys/account-key.repository.js';
import { AccountKeyService } from './account-keys/account-key.service.js';
import { AccountMailJobsService } from './account-mails/account-mail-jobs.service.js';
import { AccountMailsService } from './account-mails/account-mails.service.js';
import { MailedAccountsRepository } from './account-mails/mailed-accounts.repository.js';
import { AccountRepository } from './accounts/account.repository.js';
import { AUTH_ENTITIES } from './auth.entities.js';
import { AUTH_OPTIONS, LOGIN_BOUND_STATE, type AuthOptions } from './auth.options.js';
import { LoginService } from './login/login.service.js';
import { OAuthGrantService } from './login/oauth-grant.service.js';
import { LoginThrottleRepository } from './login/login-throttle.repository.js';
import { SignInRecorder } from './login/sign-in-recorder.js';
import { NoticeAllowanceRepository } from './notices/notice-allowance.repository.js';
import { NoticeRecipientsRepository } from './notices/notice-recipients.repository.js';
import { NoticesService } from './notices/notices.service.js';
import { PageSessionRepository } from './page-sessions/page-session.repository.js';
import { PageSessionService } from './page-sessions/page-session.service.js';
import { PasswordRepository } from './passwords/password.repository.js';
import { PasswordService } from './passwords/password.service.js';
import { PasswordRestoreService } from './passwords/password-restore.service.js';
import { LiveSessionRepository } from './sessions/live-session.repository.js';
import { OwnSessionsService } from './sessions/own-sessions.service.js';
import { SessionEndRepository } from './sessions/session-end.repository.js';
import { SessionEndService } from './sessions/session-end.service.js';
import { SessionOpeningService } from './sessions/session-opening.service.js';
import { SessionRepository } from './sessions/session.repository.js';
import { WarehouseSessionRepository } from './sessions/warehouse-session.repository.js';
import { JwksController } from './tokens/jwks.controller.js';
import { jwtStrategies } from './tokens/jwt.strategy.js';
import { KeyRing } from './tokens/key-ring.js';
import { PrincipalVerifier } from './tokens/principal-verifier.js';
import { TokenIssuer } from './tokens/token-issuer.js';
import { TokenService } from './tokens/token.service.js';
import { WarehouseTokenService } from './tokens/warehouse-token.service.js';

export interface AuthModuleOptions extends Omit<AuthOptions, 'strategy'> {
  /** The provider that implements `LoginBoundState`. */
  readonly loginBoundState: InjectionToken;
}

/** The providers that apps use. */
const SERVICES = [
  AccountKeyService,
  AccountMailsService,
  AccountRepository,
  LoginService,
  OAuthGrantService,
  OwnSessionsService,
  PageSessionService,
  PasswordRestoreService,
  PasswordService,
  SessionEndService,
  TokenService,
  WarehouseTokenService,
];

/** Logins, sessions and tokens. Global, because every resource needs the caller. */
@Module({})
export class AuthModule {
  static forRoot({ loginBoundState, ...common }: AuthModuleOptions): DynamicModule {
    const options: AuthOptions = { ...common, strategy: `jwt-${randomUUID()}` };
    return {
      module: AuthModule,
      global: true,
      imports: [PassportModule, TypeOrmModule.forFeature([...AUTH_ENTITIES])],
      controllers: [JwksController],
      providers: [
        { provide: AUTH_OPTIONS, useValue: options },
        { provide: KeyRing, useValue: new KeyRing(options.keys) },
        { provide: LOGIN_BOUND_STATE, useExisting: loginBoundState },
        ...SERVICES,
        PasswordRepository,
        SessionRepository,
        SessionOpeningService,
        PageSessionRepository,
        SessionEndRepository,
        LiveSessionRepository,
        WarehouseSessionRepository,
        LoginThrottleRepository,
        SignInRecorder,
        AccountKeyRepository,
        MailedAccountsRepository,
        AccountMailJobsService,
        TokenIssuer,
        NoticeAllowanceRepository,
        NoticeRecipientsRepository,
        NoticesService,
        PrincipalVerifier,
        ...jwtStrategies(options.strategy),
      ],
      exports: [AUTH_OPTIONS, LOGIN_BOUND_STATE, NoticeRecipientsRepository, ...SERVICES],
    };
  }
}
