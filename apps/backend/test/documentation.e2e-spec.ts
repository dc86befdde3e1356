import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerExample, ApiDescription, requestExample, startTestApp, type TestApp } from '#testing';
import { createBackend } from '../src/backend.js';

/** Every error code that the contract gives the backend and a route of this app can answer. */
const CODES = [
  ...['invalid_grant', 'invalid_request', 'unsupported_grant_type', 'access_denied'],
  ...['001', '002', '007', '010', '011', '402', '901'],
  ...['5101', '5201', '5202', '5203', '5204', '5206'],
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

  it('says of every route what it does', () => {
    expect(description.operations.size).toBeGreaterThan(10);
    expect(description.lacking(({ summary }) => Boolean(summary))).toEqual([]);
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
    expect(text).toContain('{"detail":"Forbidden.","message":"Forbidden.","status":403}');
    expect(text).toContain('[{"status":400,"code":"invalid_grant","message":"The user credentials were incorrect."}]');
    expect(text).not.toMatch(/\{"detail":"[^"]+","status"/);
  });

  it('names every error code, with an example of it', () => {
    const codes = description.errorCodes();
    expect(CODES.filter((code) => !codes.has(code))).toEqual([]);
  });
});
