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
/** For whom the account acts. */
export const ACTS_FOR_HEADER = 'x-acts-for';
/** The names, with commas between them, by which policies may be about the account. */
export const POLICY_KEYS_HEADER = 'x-policy-keys';

/** The account that no mail can be sent to. */
export const NO_ADDRESS = 'no-address';

export interface BenchOptions {
  /** To the database. */
  readonly connections?: number;
  /** Told each code that would be mailed. */
  readonly onCode?: (code: string) => void;
}

interface BenchRequest {
  readonly headers: Record<string, string | undefined>;
}

/** Another method that sends codes, so that an account has two of them. */
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

/** What every request that asks a database something costs at least. */
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

/** No account locks and no code is void while it is measured. */
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

/** Under which the library looks for a code (contract: section 4, rule 3); another one would be a wrong code. */
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

/** The smallest application with the library's guard, on a database with its tables; it writes no log. */
export function createBenchApplication(url: string, options: BenchOptions = {}): Promise<NestFastifyApplication> {
  return NestFactory.create<NestFastifyApplication>(BenchModule.register(url, options), new FastifyAdapter(), {
    logger: false,
  });
}
