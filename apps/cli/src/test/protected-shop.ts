import { Body, Controller, Module, Post, Req, Res, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import {
  AUTH_ENTITIES,
  AUTH_ERRORS,
  AuthModule,
  callerOf,
  JwtAuthGuard,
  NoticeRecipientsRepository,
  OAuthGrantService,
  oauthAnswer,
} from '#auth';
import { JsonApiModule } from '#json-api';
import { MFA_ENTITIES, MfaGuard, MfaHttpModule, MfaInterceptor, MfaModule, MfaService, Protected } from '#mfa';
import { MIGRATIONS } from '#migrations';
import {
  Clock,
  createApplication,
  DatabaseModule,
  Mailer,
  PlatformModule,
  Public,
  type AppSettings,
  type ClientRequest,
} from '#platform';
import { mailedCode, outcome, PASSWORD, startTestApp, type TestApp } from '#testing';

@Controller()
class ShopController {
  constructor(private readonly grants: OAuthGrantService) {}

  @Public()
  @Post('token')
  async login(
    @Body() body: unknown,
    @Req() { client }: ClientRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const refused = { status: 401, body: {} };
    return oauthAnswer(reply, await this.grants.grant(body, 'customer', client), () => refused);
  }

  @Protected()
  @Post('orders')
  order(): object {
    return {};
  }
}

@Module({})
class ShopModule {
  static register(settings: AppSettings, clock: Clock): DynamicModule {
    const { missingAccessToken, invalidAccessToken } = AUTH_ERRORS;
    return {
      module: ShopModule,
      imports: [
        PlatformModule.forRoot(settings, clock),
        DatabaseModule.forRoot({
          url: settings.databaseUrl,
          applicationName: 'sallyport-shop',
          entities: [...AUTH_ENTITIES, ...MFA_ENTITIES],
          migrations: MIGRATIONS,
        }),
        JsonApiModule.forRoot({}),
        MfaModule.forRootAsync({
          inject: [Mailer, Clock, NoticeRecipientsRepository],
          useFactory: (mailSender: Mailer, { now }: Clock, recipients: NoticeRecipientsRepository) => ({
            secrets: settings.mfaSecrets(),
            encryptionKeys: settings.mfaEncryptionKeys,
            limits: settings.mfa,
            delivery: { mailSender, recipientOf: ({ kind, id }) => recipients.find(kind, id) },
            now,
          }),
        }),
        MfaHttpModule.forRootAsync({
          useFactory: () => ({ callerResolver: { resolve: callerOf }, protectedResources: [] }),
        }),
        AuthModule.forRoot({
          audience: 'storefront',
          keys: settings.tokenKeys(),
          settings,
          errors: { missing: missingAccessToken, emptyBearer: invalidAccessToken, invalid: invalidAccessToken },
          loginBoundState: MfaService,
        }),
      ],
      controllers: [ShopController],
      providers: [
        { provide: APP_GUARD, useClass: JwtAuthGuard },
        { provide: APP_GUARD, useClass: MfaGuard },
        { provide: APP_INTERCEPTOR, useClass: MfaInterceptor },
      ],
    };
  }
}

/** A shop with its own database, in which customers log in and order with their second factor. */
export function startShop(): Promise<TestApp> {
  return startTestApp((settings, { clock, logger }) =>
    createApplication(ShopModule.register(settings, clock), {
      ...{ name: 'storefront', settings, logger, errors: {}, optionsStatus: 204, description: '' },
    }),
  );
}

export async function loginAt({ api }: TestApp, email: string): Promise<string> {
  const { json } = await api.form('/token', { grant_type: 'password', username: email, password: PASSWORD });
  return json.access_token;
}

/** A customer who has set e-mail up; @returns the token of the session */
export async function activateAt(shop: TestApp, email: string): Promise<string> {
  const token = await loginAt(shop, email);
  await shop.api.post('/multi-factor-auth-type-activate', { type: 'email' }, { token });
  const code = mailedCode(shop.mailbox, email);
  await shop.api.post('/multi-factor-auth-type-verify', { type: 'email' }, { token, code });
  return token;
}

export async function orderAt({ api }: TestApp, token: string, code?: string): Promise<string> {
  return outcome(await api.post('/orders', {}, { token, code }));
}
