import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerExample, ApiDescription, requestExample, startTestApp, type TestApp } from '#testing';
import { createBackend } from '../src/backend.js';

/** Every error code that the contract gives the backend and a route of this app can answer. */
const CODES = [
  ...['invalid_grant', 'invalid_request', 'unsupported_grant_type', 'access_denied'],
  ...['001', '002', '007', '010', '011', '402', '406', '415', '421', '422', '901'],
  ...['5101', '5201', '5202', '5203', '5204', '5205', '5206'],
  ...['5900', '5901', '5902', '5903', '5904', '5906', '5908', '5909', '5910', '5911', '5912', '5913'],
];

describe('The documentation of the backend', () => {
  let app: TestApp;
  let description: ApiDescription;

  beforeAll(async () => {
    app = await startTestApp(createBackend);
    description = await ApiDescription.of(app.api);
  });
  afterAll(() => app.stop());

  const resources = (name: string): boolean => !/ \/(health|\.well-known|docs|token$)/.test(name);
  /** They take no document. */
  const empty = new Set(['POST /warehouse-tokens']);

  it('is the document that is kept beside the code (vitest -u writes it)', async () => {
    const { json } = await app.api.get('/docs/openapi.json');
    const kept = new URL('../../../docs/openapi/backend.json', import.meta.url);
    await expect(`${JSON.stringify(json, null, 1)}\n`).toMatchFileSnapshot(fileURLToPath(kept));
  });

  it('says of every route what it does', () => {
    expect(description.operations.size).toBeGreaterThan(10);
    expect(description.lacking(({ summary }) => Boolean(summary))).toEqual([]);
  });

  it('has every route under one heading', () => {
    expect(description.lacking(({ tags }) => tags?.length === 1)).toEqual([]);
  });

  it('shows an example of every document that is sent', () => {
    const writes = (name: string): boolean => resources(name) && /^(POST|PATCH) /.test(name) && !empty.has(name);
    expect(description.lacking((one, name) => !writes(name) || requestExample(one)?.attributes !== undefined)).toEqual(
      [],
    );
  });

  it('shows an example of everything that is answered', () => {
    expect(
      description.lacking(
        (one, name) => !resources(name) || '204' in one.responses || answerExample(one) !== undefined,
      ),
    ).toEqual([]);
  });

  it('shows errors as this app writes them, with their text as detail and as message', async () => {
    const { text } = await app.api.get('/docs/openapi.json');
    expect(text).toContain('{"status":403,"detail":"Forbidden.","message":"Forbidden."}');
    expect(text).toContain('[{"status":400,"code":"invalid_grant","message":"The user credentials were incorrect."}]');
    expect(text).not.toMatch(/"detail":"[^"]+"\}/);
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
    const refusals = ['401 002', '401 001', '401 Unauthorized request.', '415 010'];
    const ofList = description.errorsOf('GET /multi-factor-auth-types');
    const ofAll = ['400 Bad Request', '415 Unsupported media type.'];
    expect(ofList.toSorted()).toEqual([...refusals, ...ofAll, '400 5909'].toSorted());
    for (const name of ['type-activate', 'type-verify', 'trigger', 'type-deactivate']) {
      const errors = description.errorsOf(`POST /multi-factor-auth-${name}`);
      expect(errors).toEqual(expect.arrayContaining([...refusals, '400 Invalid type.', '400 5902', '400 5908']));
      expect(errors).not.toContain('400 5909');
    }
    expect([...description.errorCodes()].filter((code) => ['5905', '5907'].includes(code ?? ''))).toEqual([]);
  });

  it('shows resources without an id as they are answered, without the member', async () => {
    const { text } = await app.api.get('/docs/openapi.json');
    expect(text).not.toMatch(/"id":\s*null/);
    expect(text).toContain('{"type":"multi-factor-auth-types","attributes":');
  });

  it('names every error code, with an example of it', () => {
    const codes = description.errorCodes();
    expect(CODES.filter((code) => !codes.has(code))).toEqual([]);
  });
});
