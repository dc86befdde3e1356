import { randomBytes } from 'node:crypto';
import { Controller, Headers, Injectable, Module, Post, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, HttpAdapterHost, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  DEFAULT_LIMITS,
  EmailMethod,
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
import { ACCOUNT_KIND, METHOD_NAMES, sessionOf } from './accounts.repository.js';
import { LookupRepository } from './lookup.repository.js';

export const ACCOUNT_HEADER = 'x-account';

interface BenchRequest {
  readonly headers: Record<string, string | undefined>;
}

/** A second method, so that an account has two factors. */
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
const LIMITS = { ...DEFAULT_LIMITS, attemptLimit: 1_000_000, failureLimit: 1_000_000 };

const MFA: MfaOptions = {
  secrets: [{ id: 'bench', secret: randomBytes(32) }],
  limits: { customer: LIMITS, user: LIMITS },
  delivery: {
    mailSender: { send: () => Promise.resolve() },
    recipientOf: ({ id }) => Promise.resolve({ email: `${id}@bench.example`, locale: 'en_US' }),
  },
};

function callerOf(request: unknown): Caller | undefined {
  const id = (request as BenchRequest).headers[ACCOUNT_HEADER];
  return id ? { account: { kind: ACCOUNT_KIND, id }, sessionId: sessionOf(id) } : undefined;
}

@Module({})
class BenchModule {
  static create(url: string): DynamicModule {
    const database = dataSourceOptions({
      url,
      applicationName: 'bench-app',
      entities: [...MFA_ENTITIES],
      migrations: [],
    });
    return {
      module: BenchModule,
      imports: [
        TypeOrmModule.forRoot({ ...database, retryAttempts: 0 }),
        MfaModule.forRootAsync({ useFactory: () => MFA, methods: [EmailMethod, OtherMethod] }),
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
export function createBenchApplication(url: string): Promise<NestFastifyApplication> {
  return NestFactory.create<NestFastifyApplication>(BenchModule.create(url), new FastifyAdapter(), { logger: false });
}
