import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerExample, ApiDescription, requestExample, startTestApp, type TestApp } from '#testing';
import { createStorefront } from '../src/storefront.js';

/** Every error code that the contract gives the storefront and this app can answer. */
const CODES = [
  ...[
    '001',
    '002',
    '003',
    '004',
    '005',
    '006',
    '101',
    '102',
    '103',
    '104',
    '107',
    '109',
    '110',
    '111',
    '112',
    '113',
    '114',
  ],
  ...['117', '119', '400', '401', '402', '404', '406', '408', '409', '411', '415', '421', '422', '423', '801', '802'],
  ...['901', '1101', '1102', '1103', '1104', '1105', '1107', '1109', '2401', '4101', '4102', '4103', '4104'],
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
  let description: ApiDescription;

  beforeAll(async () => {
    app = await startTestApp(createStorefront);
    description = await ApiDescription.of(app.api);
  });
  afterAll(() => app.stop());

  const resources = (name: string): boolean => !/ \/(health|\.well-known|docs|token$)/.test(name);

  it('is the document that is kept beside the code (vitest -u writes it)', async () => {
    const { json } = await app.api.get('/docs/openapi.json');
    const kept = new URL('../../../docs/openapi/storefront.json', import.meta.url);
    await expect(`${JSON.stringify(json, null, 1)}\n`).toMatchFileSnapshot(fileURLToPath(kept));
  });

  it('says of every route what it does', () => {
    expect(description.operations.size).toBeGreaterThan(50);
    expect(description.lacking(({ summary }) => Boolean(summary))).toEqual([]);
  });

  it('shows an example of every document that is sent', () => {
    const writes = (name: string): boolean => resources(name) && /^(POST|PATCH) /.test(name);
    expect(description.lacking((one, name) => !writes(name) || requestExample(one)?.attributes !== undefined)).toEqual(
      [],
    );
  });

  it('shows an example of every document that is answered', () => {
    expect(
      description.lacking(
        (one, name) => !resources(name) || '204' in one.responses || answerExample(one)?.data !== undefined,
      ),
    ).toEqual([]);
  });

  it('shows requests as JSON:API documents, which may be sent as plain JSON too', () => {
    const documents = [...description.requestTypes()].filter(([name]) => resources(name));
    expect(documents.length).toBeGreaterThan(5);
    for (const [name, types] of documents) {
      expect(types, name).toEqual(['application/vnd.api+json', 'application/json']);
    }
  });

  it('shows what the list of methods says of grants and policies', () => {
    const example = answerExample(description.operationOf('GET /multi-factor-auth-types')!);
    expect(example?.meta).toEqual({
      grantExpiresAt: expect.any(String),
      policies: [{ requiredFrom: expect.any(String), methods: [expect.any(String)] }],
    });
  });

  it('shows how this app refuses at the five endpoints, and nothing that only the other app answers', () => {
    const refusals = ['400 005', '401 4102', '401 001', '403 002'];
    const ofList = description.errorsOf('GET /multi-factor-auth-types');
    expect(ofList.toSorted()).toEqual([...refusals, '400 5905', '400 Bad Request'].toSorted());
    for (const name of ['type-activate', 'type-verify', 'trigger', 'type-deactivate']) {
      const errors = description.errorsOf(`POST /multi-factor-auth-${name}`);
      expect(errors).toEqual(expect.arrayContaining([...refusals, '400 Invalid type.', '400 5902', '400 5907']));
      expect(errors).not.toContain('400 5905');
    }
    expect([...description.errorCodes()].filter((code) => ['5908', '5909'].includes(code ?? ''))).toEqual([]);
  });

  it('shows resources without an id as they are answered, with null', async () => {
    const { text } = await app.api.get('/docs/openapi.json');
    expect(text).toContain('{"type":"multi-factor-auth-types","id":null,"attributes":');
  });

  it.each([
    ['POST /customers/{customerReference}/addresses', '422 409'],
    ['POST /carts', '422 110'],
    ['POST /guest-cart-items', '429 Too many new carts of guests from your address.'],
    ['POST /checkout', '429 Too many requests with an Idempotency-Key.'],
    ['POST /order-payments', '429 Too many requests with an Idempotency-Key.'],
  ])('shows of %s how it refuses what is too much: %s', (route, error) => {
    expect(description.errorsOf(route)).toContain(error);
  });

  it('names every error code, with an example of it', () => {
    const codes = description.errorCodes();
    expect(CODES.filter((code) => !codes.has(code))).toEqual([]);
  });
});
