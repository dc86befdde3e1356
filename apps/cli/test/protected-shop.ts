import { createHmac } from 'node:crypto';
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
      ...{ name: 'storefront', settings, logger, errors: {}, refusals: [], optionsStatus: 204, description: '' },
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

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_SECONDS = 30;

/** The app on a person's phone, and the session in which it was set up. */
export interface Enrolment {
  readonly token: string;
  /** In base32, as activate has shown it. */
  readonly secret: string;
}

/** What an authenticator app shows at a moment (RFC 6238). */
export function codeAt(secret: string, at: Date): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 1000 / STEP_SECONDS)));
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** The code of the next step: each step is good once. */
export function nextCode({ clock }: TestApp, secret: string): string {
  clock.advance(STEP_SECONDS);
  return codeAt(secret, clock.now());
}

/** Begins to set an authenticator app up, and does not verify it. */
export async function beginAuthenticator(shop: TestApp, email: string): Promise<Enrolment> {
  const token = await loginAt(shop, email);
  const { json } = await shop.api.post('/multi-factor-auth-type-activate', { type: 'totp' }, { token });
  return { token, secret: json.data.attributes.secret };
}

/** A customer who has set an authenticator app up. */
export async function enrolAuthenticator(shop: TestApp, email: string): Promise<Enrolment> {
  const enrolment = await beginAuthenticator(shop, email);
  const { token, secret } = enrolment;
  const code = codeAt(secret, shop.clock.now());
  await shop.api.post('/multi-factor-auth-type-verify', { type: 'totp' }, { token, code });
  return enrolment;
}

/** @param code of a method that is active already */
export async function makeRecoveryCodes({ api }: TestApp, token: string, code: string): Promise<readonly string[]> {
  const { json } = await api.post('/multi-factor-auth-type-activate', { type: 'recovery-code' }, { token, code });
  return json.data.attributes.codes;
}

function bytesOf(text: string): Buffer {
  const bits = Array.from(text, (character) => ALPHABET.indexOf(character).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
