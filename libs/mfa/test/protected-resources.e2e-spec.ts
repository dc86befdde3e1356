import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements } from '#testing';
import { ShopModule } from './shop/shop.module.js';
import { Shop, type Person } from './shop/shop.js';

describe('A third application', () => {
  let shop: Shop;
  let person: Person;

  beforeAll(async () => {
    shop = await Shop.open();
    person = await shop.person().enroll();
  });
  afterAll(() => shop.close());

  const outcomeOf = async (verb: string, path: string, code?: string): Promise<number> =>
    (await person.call(verb, path, code)).status;

  it('protects the writes of a configured resource, and nothing else of it', async () => {
    expect(await outcomeOf('GET', '/orders')).toBe(200);
    expect(await outcomeOf('HEAD', '/orders')).toBe(200);
    expect(await outcomeOf('POST', '/orders')).toBe(403);
    expect(await outcomeOf('DELETE', '/orders')).toBe(403);
  });

  it('protects what a decorator marks, whatever the list says, and leaves its neighbours alone', async () => {
    expect(await outcomeOf('POST', '/settings')).toBe(403);
    expect(await outcomeOf('PATCH', '/settings')).toBe(200);
  });

  it('asks its own authentication first', async () => {
    expect((await shop.apis[0]!.call('POST', '/orders')).status).toBe(401);
  });

  it('lets guests pass', async () => {
    expect(await shop.person('customer', 'guest').order()).toBe('201');
  });

  it('spends no code on a request that needs none', async () => {
    const code = await person.requestCode();
    expect(await outcomeOf('GET', '/orders', code)).toBe(200);
    expect(await person.inSession('other').order(code)).toBe('403 5901');
    expect(await person.order(code)).toBe('201');
  });

  it('keeps answers about second factors out of caches, refusals as well', async () => {
    expect((await person.call('POST', '/orders')).headers.get('cache-control')).toBe('no-store');
    const code = await person.requestCode();
    const answer = await person.call('POST', '/orders', code);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
  });

  it('opens the grant also when the action itself fails', async () => {
    const other = person.inSession('failing');
    shop.clock.advance(3600);
    const code = await other.requestCode();
    expect((await other.call('DELETE', '/orders', code)).status).toBe(500);
    expect(await other.order(code)).toBe('201');
  });

  it('protects what is marked so by default, unless a list is configured that does not name it', async () => {
    const statuses = async (protectedResources: readonly string[] | undefined): Promise<number[]> => {
      const module = ShopModule.register(shop.database.url, { ...shop.options, protectedResources });
      const testing = await Test.createTestingModule({ imports: [module] }).compile();
      const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
      await app.init();
      const headers = { 'x-account': person.id };
      const requests = [
        { method: 'PUT', url: '/settings', headers },
        { method: 'POST', url: '/settings', headers },
        { method: 'POST', url: '/orders', headers },
      ] as const;
      const answers = [];
      for (const request of requests) answers.push((await app.inject(request)).statusCode);
      await app.close();
      return answers;
    };
    expect(await statuses(undefined)).toEqual([403, 403, 201]);
    expect(await statuses(['orders'])).toEqual([200, 403, 403]);
    expect(await statuses(['settings'])).toEqual([403, 403, 201]);
  });

  it.each(['oders', 'multi-factor-auth-trigger'])('does not start with the protected resource %s', async (name) => {
    const protectedResources = ['orders', name];
    const module = ShopModule.register(shop.database.url, { ...shop.options, protectedResources });
    const testing = await Test.createTestingModule({ imports: [module] }).compile();
    const app = testing.createNestApplication(new FastifyAdapter(), { logger: false });
    await expect(app.init()).rejects.toThrow(`No controller serves the protected resource "${name}". There are: `);
    await app.close().catch(() => undefined);
  });

  it('spends one SQL statement on a protected write that needs no code or is within a grant, and none on a read or an unprotected route', async () => {
    const api = await shop.addInstance();
    const there = person.at(api);
    shop.clock.advance(3600);
    const code = await there.requestCode();
    expect(await countStatements(() => there.call('GET', '/orders'))).toBe(0);
    expect(await countStatements(() => there.call('PATCH', '/settings'))).toBe(0);
    expect(await countStatements(() => shop.person().at(api).order())).toBe(1);
    // one more where something is changed, or an entry is written
    expect(await countStatements(() => there.order())).toBe(2);
    expect(await countStatements(() => there.order('000000'))).toBe(2);
    expect(await countStatements(() => there.order(code))).toBe(2);
    expect(await countStatements(() => there.order(code))).toBe(1);
  });
});
