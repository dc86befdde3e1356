import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Injectable,
  Module,
  Patch,
  Post,
  Put,
  UnauthorizedException,
  type CanActivate,
  type DynamicModule,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, HttpAdapterHost } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  JsonApiExceptionFilter,
  MFA_ENTITIES,
  MfaGuard,
  MfaHttpModule,
  MfaInterceptor,
  MfaModule,
  Protected,
  type Caller,
  type MfaOptions,
} from '#mfa';
import { dataSourceOptions } from '#platform';
import { METHODS } from '../methods/index.js';

interface ShopRequest {
  readonly headers: Record<string, string | undefined>;
  readonly ip: string;
  caller?: Caller;
}

/** The shop's own authentication: headers name the account, the session, and the customer whom the account acts for. */
@Injectable()
class HeaderAuthGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<ShopRequest>();
    const { 'x-account': id, 'x-kind': kind, 'x-session': sessionId } = request.headers;
    const { 'x-policies': policies, 'x-request-id': requestId } = request.headers;
    if (!id) throw new UnauthorizedException();
    if (id === 'guest') return true;
    const account = { kind: kind === 'user' ? kind : 'customer', id } as const;
    const caller = {
      account,
      sessionId: sessionId ?? 'one',
      policyKeys: policies?.split(',') ?? [],
      origin: { clientAddress: request.ip, ...(requestId && { requestId }) },
    };
    const actsFor = request.headers['x-acts-for'];
    request.caller = actsFor ? { ...caller, onBehalfOf: { kind: 'customer', id: actsFor } } : caller;
    return true;
  }
}

/** Protected by configuration. */
@Controller('orders')
class OrdersController {
  @Get()
  list(): object {
    return { orders: [] };
  }

  @Post()
  create(): object {
    return { ordered: true };
  }

  @Delete()
  @HttpCode(204)
  fail(): void {
    throw new Error('the shop itself failed');
  }
}

/** One handler is protected by decorator. */
@Controller('settings')
class SettingsController {
  @Patch()
  change(): object {
    return { changed: true };
  }

  @Protected()
  @Post()
  reset(): object {
    return { reset: true };
  }

  /** The configuration may leave it unprotected. */
  @Protected('by-default')
  @Put()
  replace(): object {
    return { replaced: true };
  }

  /** Nobody may do this without a second factor. */
  @Protected('always')
  @Delete()
  wipe(): object {
    return { wiped: true };
  }
}

export interface ShopOptions extends MfaOptions {
  readonly protectedResources: readonly string[] | undefined;
}

/** A third application: its own authentication, its own resolver and sender, the library's public API alone. */
@Module({})
export class ShopModule {
  static register(databaseUrl: string, options: ShopOptions): DynamicModule {
    const connection = { url: databaseUrl, applicationName: 'shop', entities: MFA_ENTITIES, migrations: [] };
    return {
      module: ShopModule,
      imports: [
        TypeOrmModule.forRoot({ ...dataSourceOptions(connection), retryAttempts: 0 }),
        MfaModule.forRootAsync({
          useFactory: () => options,
          methods: METHODS,
        }),
        MfaHttpModule.forRootAsync({
          useFactory: () => ({
            callerResolver: { resolve: (request: unknown) => (request as ShopRequest).caller },
            protectedResources: options.protectedResources,
          }),
        }),
      ],
      controllers: [OrdersController, SettingsController],
      providers: [
        { provide: APP_GUARD, useClass: HeaderAuthGuard },
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
