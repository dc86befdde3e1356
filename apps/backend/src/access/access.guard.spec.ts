import { Controller, Get, Injectable, Module, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal, RequestWithPrincipal } from '#auth';
import { ApiException, ResourceType } from '#json-api';
import { MFA_ENDPOINT } from '#mfa';
import { AccessGuard, Route } from './route.decorator.js';

type Access = Parameters<typeof Route>[0]['access'];

const route = (access: Access): MethodDecorator => Route({ access, summary: 'A route' });

@Controller()
class Gates {
  @Get('public') @route('public') open(): void {}
  @Get('account') @route('account') account(): void {}
  @Get('warehouse') @route('warehouse') warehouse(): void {}
  @Get('back-office') @route('back-office') backOffice(): void {}
  @Get('administrator') @route('administrator') administrator(): void {}
  @Get('silent') silent(): void {}
  @Get('silent-types') @ResourceType('multi-factor-auth-types') types(): void {}
  @Get('endpoint') endpoint(): void {}
}
Reflect.defineMetadata(MFA_ENDPOINT, true, Gates.prototype.endpoint);

/** Stands for the token check: the caller is what a header says. */
@Injectable()
class CallerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<RequestWithPrincipal & { headers: { caller?: string } }>();
    if (request.headers.caller) request.user = JSON.parse(request.headers.caller) as Principal;
    return true;
  }
}

@Module({
  controllers: [Gates],
  providers: [
    { provide: APP_GUARD, useClass: CallerGuard },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
})
class GatesModule {}

const FOR_ALL = ['public', 'account', 'endpoint'];
const FOR_WAREHOUSES = [...FOR_ALL, 'warehouse'];
const FOR_BACK_OFFICE = [...FOR_WAREHOUSES, 'back-office', 'silent', 'silent-types'];
const ALL = [...FOR_BACK_OFFICE, 'administrator'];

describe('The access guard of the backend', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [GatesModule] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    app.useGlobalFilters({
      catch: (error, host) => {
        const status = error instanceof ApiException ? 403 : 500;
        void host.switchToHttp().getResponse<{ code(n: number): { send(): void } }>().code(status).send();
      },
    });
    await app.init();
  });
  afterAll(() => app.close());

  it.each([
    ['nobody', undefined, undefined, ['public']],
    ['a warehouse', ['warehouse'], undefined, FOR_ALL],
    ['a merchant user', ['user', 'merchant-user'], ['merchant'], FOR_ALL],
    ['a warehouse user', ['user', 'warehouse-user'], ['warehouse'], FOR_WAREHOUSES],
    ['a Back Office user', ['user', 'back-office-user'], ['back-office'], FOR_BACK_OFFICE],
    ['an administrator', ['user', 'back-office-user'], ['administrator'], ALL],
    ['a token with the scope of the Back Office but no account', ['back-office-user'], undefined, FOR_BACK_OFFICE],
    ['a role that gave no scope', ['user', 'warehouse-user'], ['administrator', 'warehouse'], FOR_WAREHOUSES],
  ])('lets %s in where its scopes and roles allow it', async (_, scopes, roles, expected) => {
    const caller = JSON.stringify({ scopes, ...(roles && { session: { roles } }) });
    const reached = await Promise.all(
      ALL.map(async (path) => {
        const headers = scopes ? { caller } : {};
        const { statusCode } = await app.inject({ method: 'GET', url: `/${path}`, headers });
        return statusCode < 300 ? [path] : [];
      }),
    );
    expect(reached.flat()).toEqual(ALL.filter((path) => expected.includes(path)));
  });
});
