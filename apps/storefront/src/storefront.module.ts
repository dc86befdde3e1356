import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AUTH_ENTITIES, AUTH_ERRORS, AuthModule, callerOf, JwtAuthGuard } from '#auth';
import { ConventionsGuard, JsonApiModule } from '#json-api';
import { MFA_ENTITIES, MfaGuard, MfaInterceptor, MfaModule, MfaService, type MfaModuleAsyncOptions } from '#mfa';
import { MIGRATIONS } from '#migrations';
import { Clock, DatabaseModule, HealthController, Mailer, PlatformModule, type AppSettings } from '#platform';
import { AccessTokensController } from './access-tokens/access-tokens.controller.js';
import { CustomerPasswordController } from './customer-password/customer-password.controller.js';
import { CustomerPasswordService } from './customer-password/customer-password.service.js';
import { RefreshTokensController } from './refresh-tokens/refresh-tokens.controller.js';
import { TokenController } from './token/token.controller.js';

/** What a test may bring of its own. */
export interface StorefrontParts {
  readonly clock?: Clock;
  readonly methods?: MfaModuleAsyncOptions['methods'];
}

/** Protected unless the configuration names another list (contract: MFA, section 3). */
const PROTECTED_RESOURCES = ['customer-password'];

@Module({})
export class StorefrontModule {
  static create(settings: AppSettings, { clock, methods }: StorefrontParts): DynamicModule {
    const publicUrl = settings.publicUrls.storefront;
    return {
      module: StorefrontModule,
      imports: [
        PlatformModule.forRoot(settings, clock),
        DatabaseModule.forRoot({
          url: settings.databaseUrl,
          applicationName: 'sallyport-storefront',
          entities: [...AUTH_ENTITIES, ...MFA_ENTITIES],
          migrations: MIGRATIONS,
        }),
        JsonApiModule.forRoot({ nullId: 'keep', locales: ['en_US', 'de_DE'], ...(publicUrl && { publicUrl }) }),
        MfaModule.forRootAsync({
          inject: [Mailer, Clock],
          useFactory: (mailSender: Mailer, { now }: Clock) => ({
            secrets: settings.mfaSecrets(),
            limits: settings.mfa,
            protectedResources: settings.protectedResources.storefront ?? PROTECTED_RESOURCES,
            callerResolver: { resolve: callerOf },
            mailSender,
            callerNoun: 'customer' as const,
            now,
          }),
          ...(methods && { methods }),
        }),
        AuthModule.forRoot({
          audience: 'storefront',
          keys: settings.tokenKeys(),
          settings,
          errors: {
            missing: AUTH_ERRORS.missingAccessToken,
            emptyBearer: AUTH_ERRORS.invalidAccessToken,
            invalid: AUTH_ERRORS.invalidAccessToken,
          },
          refuseTwoIdentities: true,
          loginBoundState: MfaService,
        }),
      ],
      controllers: [
        HealthController,
        AccessTokensController,
        RefreshTokensController,
        TokenController,
        CustomerPasswordController,
      ],
      providers: [
        CustomerPasswordService,
        // in this order: conventions, token, second factor
        { provide: APP_GUARD, useClass: ConventionsGuard },
        { provide: APP_GUARD, useClass: JwtAuthGuard },
        { provide: APP_GUARD, useClass: MfaGuard },
        { provide: APP_INTERCEPTOR, useClass: MfaInterceptor },
      ],
    };
  }
}
