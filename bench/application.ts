import { createHmac, randomBytes } from 'node:crypto';
import { Controller, Headers, Injectable, Module, Post, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, HttpAdapterHost, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  DEFAULT_LIMITS,
  DEFAULT_METHODS,
  JsonApiExceptionFilter,
  MFA_ENTITIES,
  MfaGuard,
  MfaInterceptor,
  MfaModule,
  MfaHttpModule,
  type Caller,
  type MfaOptions,
  type SendsCodes,
} from '#mfa';
import { dataSourceOptions } from '#platform';
import { ACCOUNT_KIND, METHOD_NAMES, SECRET_ID, sessionOf } from './accounts.sql.js';
import { LookupRepository } from './lookup.repository.js';

export const ACCOUNT_HEADER = 'x-account';
/** The account that the caller acts for. */
export const ACTS_FOR_HEADER = 'x-acts-for';
/** The caller's policy keys, separated by commas. */
export const POLICY_KEYS_HEADER = 'x-policy-keys';

/** The account without a mail address. */
export const NO_ADDRESS = 'no-address';

export interface BenchOptions {
  /** The number of connections to the database. */
  readonly connections?: number;
  /** Called with each code that would be mailed. */
  readonly onCode?: (code: string) => void;
}

interface BenchRequest {
  readonly headers: Record<string, string | undefined>;
}

/** A second method that sends codes. */
@Injectable()
class OtherMethod implements SendsCodes {
  readonly name = METHOD_NAMES[1];
  readonly offeredTo = [ACCOUNT_KIND] as const;
  readonly amr = [] as const;

  send(): Promise<void> {
    return Promise.resolve();
  }
}

@Controller('free')
class FreeController {
  @Post()
  create(): object {
    return { done: true };
  }
}

/** The minimum cost of any request with a database query. */
@Controller('lookups')
class LookupsController {
  constructor(private readonly lookups: LookupRepository) {}

  @Post()
  async create(@Headers(ACCOUNT_HEADER) id: string): Promise<object> {
    await this.lookups.find(id);
    return { done: true };
  }
}

@Controller('orders')
class OrdersController {
  @Post()
  create(): object {
    return { done: true };
  }
}

/** So high that no account is locked and no code becomes void during a measurement. */
const LIMITS = { ...DEFAULT_LIMITS, attemptLimit: 100, failureLimit: 1000, sendBurst: 1000 };

const CONNECTIONS = 10;

const SECRET = randomBytes(32);
const SEALING_KEY = randomBytes(32);

const mfaOptions = ({ onCode }: BenchOptions): MfaOptions => ({
  secrets: [{ id: SECRET_ID, secret: SECRET }],
  encryptionKeys: () => [{ id: SECRET_ID, key: SEALING_KEY }],
  limits: { customer: LIMITS, user: LIMITS },
  delivery: {
    mailSender: { send: async ({ text }) => void onCode?.(/\b\d{6}\b/.exec(text)?.[0] ?? '') },
    recipientOf: async ({ id }) => (id === NO_ADDRESS ? undefined : { email: `${id}@bench.example`, locale: 'en_US' }),
  },
});

/** The MAC under which the library finds a code (contract: section 4, rule 3). */
export function macOf(id: string, method: string, code: string): Buffer {
  const message = JSON.stringify([ACCOUNT_KIND, id, sessionOf(id), method, code]);
  return createHmac('sha256', SECRET).update(message).digest();
}

function callerOf(request: unknown): Caller | undefined {
  const { headers } = request as BenchRequest;
  const id = headers[ACCOUNT_HEADER];
  if (!id) return undefined;
  const customerId = headers[ACTS_FOR_HEADER];
  const policyKeys = headers[POLICY_KEYS_HEADER];
  return {
    account: { kind: ACCOUNT_KIND, id },
    sessionId: sessionOf(id),
    ...(customerId !== undefined && { onBehalfOf: { kind: ACCOUNT_KIND, id: customerId } }),
    ...(policyKeys !== undefined && { policyKeys: policyKeys.split(',') }),
  };
}

@Module({})
class BenchModule {
  static register(url: string, options: BenchOptions): DynamicModule {
    const database = dataSourceOptions({
      url,
      applicationName: 'bench-app',
      entities: [...MFA_ENTITIES],
      migrations: [],
    });
    return {
      module: BenchModule,
      imports: [
        TypeOrmModule.forRoot({ ...database, extra: { max: options.connections ?? CONNECTIONS }, retryAttempts: 0 }),
        MfaModule.forRootAsync({ useFactory: () => mfaOptions(options), methods: [...DEFAULT_METHODS, OtherMethod] }),
        MfaHttpModule.forRootAsync({
          useFactory: () => ({ callerResolver: { resolve: callerOf }, protectedResources: ['orders'] }),
        }),
      ],
      controllers: [FreeController, LookupsController, OrdersController],
      providers: [
        LookupRepository,
        { provide: APP_GUARD, useClass: MfaGuard },
        { provide: APP_INTERCEPTOR, useClass: MfaInterceptor },
        {
          provide: APP_FILTER,
          inject: [HttpAdapterHost],
          useFactory: (host: HttpAdapterHost) => new JsonApiExceptionFilter(host),
        },
      ],
    };
  }
}

/** The smallest application with the library's guard, on a database with its tables. It writes no log. */
export function createBenchApplication(url: string, options: BenchOptions = {}): Promise<NestFastifyApplication> {
  return NestFactory.create<NestFastifyApplication>(BenchModule.register(url, options), new FastifyAdapter(), {
    logger: false,
  });
}
