import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MFA_ENDPOINT } from '#mfa';
import { ApiDescription, outcome, requestExample, servedRoutes, startTestApp, type TestApp } from '#testing';
import { ACCESS } from '#http';
import { createBackend } from '../src/backend.js';
import { isMfaEndpoint, KINDS, PAGES, REACHED_BY, ROUTES, type Kind, type RouteRow } from './routes.js';
import { Staff, type Colleague, type ProtectedColleague, type UserKind } from './staff.js';

const FORBIDDEN = '403 Forbidden.';
const TOKEN_REFUSALS = ['401 Unauthorized request.', '401 002', '401 001', FORBIDDEN];
const CODE_REFUSALS = ['403 5900', '403 5901', '403 5913', '429 5911'];

/** Nest's mark of controllers that the documentation leaves out: those of pages. */
const PAGES_ONLY = 'swagger/apiExcludeController';

/** Handlers without `@Route`, of libraries that know no app. */
const LIBRARY_HANDLERS = ['HealthController.live', 'HealthController.ready', 'JwksController.list'];

const USER_KINDS = KINDS.filter((kind) => kind !== 'warehouse-token');

type Handlers = Readonly<Record<string, object>>;

describe('Every route of the backend', () => {
  let app: TestApp;
  let staff: Staff;
  let description: ApiDescription;
  /** One of each kind, without MFA. */
  let colleagues: Readonly<Record<Kind, Colleague>>;
  let protectedColleagues: Readonly<Record<UserKind, ProtectedColleague>>;

  beforeAll(async () => {
    app = await startTestApp(createBackend);
    staff = new Staff(app);
    description = await ApiDescription.of(app.api);
    colleagues = await ofEach(KINDS, (kind) => staff.login(kind));
    protectedColleagues = await ofEach(USER_KINDS, (kind) => staff.withMfa(kind));
  });
  afterAll(() => app.stop());

  /** An empty document: what the gates think is all that matters here. Whatever is answered stands in the documentation. */
  const call = async (row: RouteRow, options: { token?: string; code?: string }): Promise<string> => {
    const { route, access } = row;
    const [method, path] = route.split(' ') as [string, string];
    const type = typeOf(row);
    const body = type === undefined ? {} : { body: { data: { type, attributes: {} } } };
    const answer = await app.api.call(method, path.replace(/:\w+/g, 'x'), { ...options, ...body });
    expect(answer.status, route).toBeLessThan(500);
    if (access !== 'public' && answer.status !== 401) expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(description.missingOf(route, answer)).toEqual([]);
    return outcome(answer);
  };

  /** The type of the document that a route takes; undefined: it takes none. */
  const typeOf = ({ route }: RouteRow): string | undefined => {
    const operation = description.operationOf(route);
    const example = operation && requestExample(operation)?.type;
    if (example !== undefined) return example;
    return /^(POST|PATCH) /.test(route) ? route.split('/').findLast((part) => !part.startsWith(':')) : undefined;
  };

  it('stands in the table, and the table has no other', async () => {
    const other = await createBackend(app.settings);
    const served = servedRoutes(other);
    await other.close();
    expect(served.toSorted()).toEqual([...ROUTES.map(({ route }) => route), ...PAGES].toSorted());
  });

  it('says by its decorator whom it is for', async () => {
    const other = await createBackend(app.settings);
    const controllers = [...other.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
    await other.close();
    const ofApi = controllers.filter(({ metatype }) => !Reflect.hasMetadata(PAGES_ONLY, metatype as object));
    const silent = ofApi.flatMap(({ metatype }) => {
      const prototype = (metatype as { prototype: Handlers }).prototype;
      return new MetadataScanner()
        .getAllMethodNames(prototype)
        .filter((name) => Reflect.hasMetadata('path', prototype[name]!))
        .filter((name) => ![ACCESS, MFA_ENDPOINT].some((key) => Reflect.hasMetadata(key, prototype[name]!)))
        .map((name) => `${metatype!.name}.${name}`);
    });
    expect(silent.toSorted()).toEqual(LIBRARY_HANDLERS);
  });

  const named = ROUTES.map((row) => [`${row.route} (${row.access}, ${row.protection})`, row] as const);
  describe.each(named)('%s', (_, row) => {
    const { route, access, protection } = row;
    const isProtected = protection !== 'open';
    const reaches = (kind: Kind): boolean => REACHED_BY[access].includes(kind);

    it('asks for a token, or does not', async () => {
      const answered = await call(row, {});
      if (access === 'public') expect([...TOKEN_REFUSALS, ...CODE_REFUSALS]).not.toContain(answered);
      else expect(answered).toBe('401 Unauthorized request.');
      if (access !== 'public') expect(await call(row, { token: 'x' })).toBe('401 001');
    });

    it.each(KINDS)('lets %s in, or does not, and asks nobody without MFA for a code', async (kind) => {
      const answered = await call(row, colleagues[kind]);
      expect(answered === FORBIDDEN).toBe(!reaches(kind));
      if (isMfaEndpoint(row) || answered === FORBIDDEN) return;
      expect(CODE_REFUSALS.filter((refusal) => refusal === answered)).toEqual(
        protection === 'needs-mfa' ? ['403 5913'] : [],
      );
    });

    it('documents codes if it is protected', () => {
      const parameters = description.operationOf(route)?.parameters;
      if (!parameters || isMfaEndpoint(row)) return;
      expect(parameters.some(({ name }) => name === 'X-MFA-Code')).toBe(isProtected);
    });

    it.each(USER_KINDS)('asks %s with MFA for a code, if it is protected', async (kind) => {
      // a wrong code counts, so whoever is asked for one is new
      const isAsked = isProtected && reaches(kind);
      const { token, code, wrong } = isAsked ? await staff.withMfa(kind) : protectedColleagues[kind];
      const missing = await call(row, { token });
      if (isMfaEndpoint(row)) return;
      const [guessed, right] = [await call(row, { token, code: wrong }), await call(row, { token, code })];
      if (!reaches(kind)) expect([missing, guessed, right]).toEqual([FORBIDDEN, FORBIDDEN, FORBIDDEN]);
      else if (isProtected) expect([missing, guessed]).toEqual(['403 5900', '403 5901']);
      else expect(CODE_REFUSALS).not.toContain(missing);
      expect(CODE_REFUSALS).not.toContain(right);
    });
  });
});

async function ofEach<K extends Kind, T>(kinds: readonly K[], of: (kind: K) => Promise<T>): Promise<Record<K, T>> {
  const entries = await Promise.all(kinds.map(async (kind) => [kind, await of(kind)] as const));
  return Object.fromEntries(entries) as Record<K, T>;
}
