import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AUTH_ENTITIES, AUTH_ERRORS, AuthModule, callerOf, JwtAuthGuard, NoticeRecipientsRepository } from '#auth';
import { ConventionsGuard, JsonApiModule } from '#json-api';
import {
  MFA_ENTITIES,
  MfaGuard,
  MfaInterceptor,
  MfaHttpModule,
  MfaModule,
  MfaService,
  type EmailOptions,
  type MfaModuleAsyncOptions,
  type TotpOptions,
} from '#mfa';
import { MIGRATIONS } from '#migrations';
import { PagesModule } from '#pages';
import { Clock, DatabaseModule, HealthController, Mailer, PlatformModule, type AppSettings } from '#platform';
import { AccessGuard } from './access/route.decorator.js';
import { AccountMfaModule } from './account-mfa/account-mfa.module.js';
import { AuditEventsModule } from './audit-events/audit-events.module.js';
import { BACKEND_ERRORS } from './backend-errors.js';
import { CountedFigure } from './counted-figures/counted-figure.entity.js';
import { CustomersModule } from './customers/customers.module.js';
import { DashboardModule } from './dashboard/dashboard.module.js';
import { MfaPoliciesModule } from './mfa-policies/mfa-policies.module.js';
import { backendPages } from './pages/backend-pages.js';
import { BackendPagesModule } from './pages/backend-pages.module.js';
import { TokenController } from './token/token.controller.js';
import { UserForgottenPasswordModule } from './user-forgotten-password/user-forgotten-password.module.js';
import { UserRestorePasswordModule } from './user-restore-password/user-restore-password.module.js';
import { UsersModule } from './users/users.module.js';
import { WarehouseTokensModule } from './warehouse-tokens/warehouse-tokens.module.js';
import { WarehouseUserAssignmentsModule } from './warehouse-user-assignments/warehouse-user-assignments.module.js';
import { WAREHOUSE_ENTITIES } from './warehouse-user-assignments/warehouse.entities.js';

/** Parts that a test can replace. */
export interface BackendParts {
  readonly clock?: Clock;
  readonly methods?: MfaModuleAsyncOptions['methods'];
}

@Module({})
export class BackendModule {
  static register(settings: AppSettings, { clock, methods }: BackendParts): DynamicModule {
    const publicUrl = settings.publicUrls.backend;
    return {
      module: BackendModule,
      imports: [
        PlatformModule.forRoot(settings, clock),
        DatabaseModule.forRoot({
          url: settings.databaseUrl,
          applicationName: 'sallyport-backend',
          entities: [...AUTH_ENTITIES, ...MFA_ENTITIES, ...WAREHOUSE_ENTITIES, CountedFigure],
          migrations: MIGRATIONS,
        }),
        JsonApiModule.forRoot({
          nullId: 'omit',
          notAcceptable: BACKEND_ERRORS.unsupportedAccept,
          ...(publicUrl && { publicUrl }),
        }),
        MfaModule.forRootAsync({
          inject: [Mailer, Clock, NoticeRecipientsRepository],
          useFactory: (mailSender: Mailer, { now }: Clock, recipients: NoticeRecipientsRepository) => ({
            secrets: settings.mfaSecrets(),
            encryptionKeys: settings.mfaEncryptionKeys,
            limits: settings.mfa,
            offeredMethods: settings.mfaMethods,
            methodOptions: { email: settings.pages, totp: settings.totp } satisfies EmailOptions & TotpOptions,
            delivery: { mailSender, recipientOf: ({ kind, id }) => recipients.find(kind, id) },
            errorWording: 'user' as const,
            now,
          }),
          ...(methods && { methods }),
        }),
        MfaHttpModule.forRootAsync({
          useFactory: () => ({
            callerResolver: { resolve: callerOf },
            protectedResources: settings.protectedResources.backend,
          }),
        }),
        AuthModule.forRoot({
          audience: 'backend',
          keys: settings.tokenKeys(),
          settings,
          errors: {
            missing: BACKEND_ERRORS.unauthorized,
            emptyBearer: BACKEND_ERRORS.missingAccessToken,
            invalid: AUTH_ERRORS.invalidAccessToken,
          },
          loginBoundState: MfaService,
        }),
        PagesModule.forRoot(backendPages(settings)),
        BackendPagesModule,
        CustomersModule,
        AccountMfaModule,
        MfaPoliciesModule,
        AuditEventsModule,
        DashboardModule,
        UsersModule,
        UserForgottenPasswordModule,
        UserRestorePasswordModule,
        WarehouseTokensModule,
        WarehouseUserAssignmentsModule,
      ],
      controllers: [HealthController, TokenController],
      providers: [
        // in this order: conventions, token, access, second factor
        { provide: APP_GUARD, useClass: ConventionsGuard },
        { provide: APP_GUARD, useClass: JwtAuthGuard },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: MfaGuard },
        { provide: APP_INTERCEPTOR, useClass: MfaInterceptor },
      ],
    };
  }
}
