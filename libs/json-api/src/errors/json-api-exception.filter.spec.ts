import { Controller, Get, Module, UseGuards, type CanActivate } from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JsonApiExceptionFilter } from './json-api-exception.filter.js';

class ClosedGuard implements CanActivate {
  canActivate = (): boolean => false;
}

@Controller('things')
@UseGuards(ClosedGuard)
class ThingsController {
  @Get()
  list(): void {}
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

describe('An error document', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await NestFactory.create<NestFastifyApplication>(ThingsModule, new FastifyAdapter(), { logger: false });
    app.useGlobalFilters(new JsonApiExceptionFilter(app.get(HttpAdapterHost)));
    await app.listen(0, '127.0.0.1');
  });
  afterAll(() => app.close());

  it('of a guard that says no more than no speaks of no origin', async () => {
    const answer = await fetch(`${await app.getUrl()}/things`);
    expect([answer.status, await answer.json()]).toEqual([403, { errors: [{ status: 403, detail: 'Forbidden' }] }]);
  });
});
