import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import {
  AgentAuthGuard,
  AUTH_ENTITIES,
  AUTH_ERRORS,
  AuthModule,
  callerOf,
  JwtAuthGuard,
  NoticeRecipientsRepository,
  LoginLimitGuard,
} from '#auth';
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
import {
  Clock,
  DatabaseModule,
  HealthController,
  HealthDetails,
  Mailer,
  PlatformModule,
  type AppSettings,
} from '#platform';
import { AccessGuard } from './access/route.decorator.js';
import { TwoIdentitiesGuard } from './access/two-identities.guard.js';
import { AccessTokensController } from './access-tokens/access-tokens.controller.js';
import { AddressesModule } from './addresses/addresses.module.js';
import { AgentAccessTokensModule } from './agent-access-tokens/agent-access-tokens.module.js';
import { AgentCustomerImpersonationAccessTokensModule } from './agent-customer-impersonation-access-tokens/agent-customer-impersonation-access-tokens.module.js';
import { AgentCustomerSearchModule } from './agent-customer-search/agent-customer-search.module.js';
import { CatalogueModule } from './catalogue/catalogue.module.js';
import { CatalogueState } from './catalogue/catalogue-state.js';
import { CartsModule } from './carts/carts.module.js';
import { CheckoutModule } from './checkout/checkout.module.js';
import { CheckoutDataModule } from './checkout-data/checkout-data.module.js';
import { CompanyUserAccessTokensModule } from './company-user-access-tokens/company-user-access-tokens.module.js';
import { CustomerConfirmationModule } from './customer-confirmation/customer-confirmation.module.js';
import { CustomerForgottenPasswordModule } from './customer-forgotten-password/customer-forgotten-password.module.js';
import { CustomerPasswordModule } from './customer-password/customer-password.module.js';
import { CustomerRestorePasswordModule } from './customer-restore-password/customer-restore-password.module.js';
import { CustomersModule } from './customers/customers.module.js';
import { GuestCartItemsModule } from './guest-cart-items/guest-cart-items.module.js';
import { GuestCartsModule } from './guest-carts/guest-carts.module.js';
import { ItemsModule } from './items/items.module.js';
import { OrderPaymentsModule } from './order-payments/order-payments.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { AgentPagesModule } from './pages/agent-pages.module.js';
import { CustomerPagesModule } from './pages/customer-pages.module.js';
import { storefrontPages } from './pages/storefront-pages.js';
import { RefreshTokensController } from './refresh-tokens/refresh-tokens.controller.js';
import { STOREFRONT_ENTITIES } from './storefront.entities.js';
import { TokenController } from './token/token.controller.js';

/** Parts that a test can replace. */
export interface StorefrontParts {
  readonly clock?: Clock;
  readonly methods?: MfaModuleAsyncOptions['methods'];
}

@Module({})
export class StorefrontModule {
  static register(settings: AppSettings, { clock, methods }: StorefrontParts): DynamicModule {
    const publicUrl = settings.publicUrls.storefront;
    return {
      module: StorefrontModule,
      imports: [
        PlatformModule.forRoot(settings, clock),
        DatabaseModule.forRoot({
          url: settings.databaseUrl,
          applicationName: 'sallyport-storefront',
          entities: [...AUTH_ENTITIES, ...MFA_ENTITIES, ...STOREFRONT_ENTITIES],
          migrations: MIGRATIONS,
        }),
        JsonApiModule.forRoot({ nullId: 'keep', locales: ['en_US', 'de_DE'], ...(publicUrl && { publicUrl }) }),
        MfaModule.forRootAsync({
          inject: [Mailer, Clock, NoticeRecipientsRepository],
          useFactory: (mailSender: Mailer, { now }: Clock, recipients: NoticeRecipientsRepository) => ({
            secrets: settings.mfaSecrets(),
            encryptionKeys: settings.mfaEncryptionKeys,
            limits: settings.mfa,
            offeredMethods: settings.mfaMethods,
            methodOptions: { email: settings.pages, totp: settings.totp } satisfies EmailOptions & TotpOptions,
            delivery: { mailSender, recipientOf: ({ kind, id }) => recipients.find(kind, id) },
            errorWording: 'customer' as const,
            now,
          }),
          ...(methods && { methods }),
        }),
        MfaHttpModule.forRootAsync({
          useFactory: () => ({
            callerResolver: { resolve: callerOf },
            protectedResources: settings.protectedResources.storefront,
          }),
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
          loginBoundState: MfaService,
        }),
        PagesModule.forRoot(storefrontPages(settings)),
        CustomerPagesModule,
        AgentPagesModule,
        CatalogueModule,
        CustomersModule,
        CustomerPasswordModule,
        CustomerForgottenPasswordModule,
        CustomerRestorePasswordModule,
        CustomerConfirmationModule,
        AddressesModule,
        CartsModule,
        ItemsModule,
        GuestCartsModule,
        GuestCartItemsModule,
        CheckoutModule,
        CheckoutDataModule,
        OrdersModule,
        OrderPaymentsModule,
        CompanyUserAccessTokensModule,
        AgentAccessTokensModule,
        AgentCustomerImpersonationAccessTokensModule,
        AgentCustomerSearchModule,
      ],
      controllers: [HealthController, AccessTokensController, RefreshTokensController, TokenController],
      providers: [
        { provide: HealthDetails, useExisting: CatalogueState },
        // in this order: conventions, login limit, identities, agent's token, token, access, second factor
        { provide: APP_GUARD, useClass: ConventionsGuard },
        { provide: APP_GUARD, useClass: LoginLimitGuard },
        { provide: APP_GUARD, useClass: TwoIdentitiesGuard },
        { provide: APP_GUARD, useClass: AgentAuthGuard },
        { provide: APP_GUARD, useClass: JwtAuthGuard },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: MfaGuard },
        { provide: APP_INTERCEPTOR, useClass: MfaInterceptor },
      ],
    };
  }
}
