import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#testing';
import { createStorefront } from '../src/storefront.js';

interface Content {
  readonly example?: { data?: unknown };
  readonly schema?: { example?: { data?: { type?: string; attributes?: object } } };
  readonly examples?: Record<string, { value: { errors: { code?: string; detail: string }[] } }>;
}

interface Operation {
  readonly summary?: string;
  readonly requestBody?: { content: Record<string, Content> };
  readonly responses: Record<string, { content?: Record<string, Content> }>;
}

const MEDIA_TYPE = 'application/vnd.api+json';

/** Every error code that the contract gives the storefront and this app can answer. */
const CODES = [
  ...['001', '002', '003', '004', '005', '006', '101', '102', '103', '104', '107', '109', '111', '112', '113', '114'],
  ...['117', '119', '400', '401', '402', '404', '406', '408', '409', '411', '415', '421', '422', '423', '801', '802'],
  ...['901', '1101', '1102', '1103', '1104', '1105', '1107', '1108', '1109', '2401', '4101', '4102', '4103', '4104'],
  ...[
    '4301',
    '4302',
    '4303',
    '4304',
    '4401',
    '5900',
    '5901',
    '5902',
    '5904',
    '5905',
    '5906',
    '5907',
    '5910',
    '5911',
    '5912',
    '5913',
  ],
];

describe('The documentation of the storefront', () => {
  let app: TestApp;
  let operations: [string, Operation][];

  beforeAll(async () => {
    app = await startTestApp(createStorefront);
    const { paths } = (await app.api.get('/docs/openapi.json')).json as {
      paths: Record<string, Record<string, Operation>>;
    };
    operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]): [string, Operation] => [`${method.toUpperCase()} ${path}`, one]),
    );
  });
  afterAll(() => app.stop());

  const lacking = (test: (operation: Operation, name: string) => boolean): string[] =>
    operations.filter(([name, operation]) => !test(operation, name)).map(([name]) => name);
  const resources = (name: string): boolean => !/ \/(health|\.well-known|docs|token$)/.test(name);

  it('says of every route what it does', () => {
    expect(operations.length).toBeGreaterThan(50);
    expect(lacking(({ summary }) => Boolean(summary))).toEqual([]);
  });

  it('shows an example of every document that is sent', () => {
    const writes = (name: string): boolean => resources(name) && /^(POST|PATCH) /.test(name);
    const exampleOf = ({ requestBody }: Operation): Content | undefined => Object.values(requestBody?.content ?? {})[0];
    expect(
      lacking((one, name) => !writes(name) || exampleOf(one)?.schema?.example?.data?.attributes !== undefined),
    ).toEqual([]);
  });

  it('shows an example of every document that is answered', () => {
    const isShown = ({ responses }: Operation): boolean =>
      '204' in responses || (responses['200'] ?? responses['201'])?.content?.[MEDIA_TYPE]?.example?.data !== undefined;
    expect(lacking((one, name) => !resources(name) || isShown(one))).toEqual([]);
  });

  it('names every error code, with an example of it', () => {
    const shown = operations.flatMap(([, { responses }]) =>
      Object.values(responses).flatMap(({ content }) => Object.values(content?.[MEDIA_TYPE]?.examples ?? {})),
    );
    const codes = new Set(shown.flatMap(({ value }) => value.errors.map(({ code }) => code)));
    expect(CODES.filter((code) => !codes.has(code))).toEqual([]);
  });
});
