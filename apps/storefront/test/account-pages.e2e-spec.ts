import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#testing';
import { createStorefront } from '../src/storefront.js';

describe('The pages that mails link to', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(createStorefront);
  });
  afterAll(() => app.stop());

  it.each([
    ['/customer-confirmation', 'en', 'Confirm your e-mail address'],
    ['/customer-confirmation', 'de', 'E-Mail-Adresse bestätigen'],
    ['/customer-restore-password', 'en', 'Choose a new password'],
    ['/customer-restore-password', 'de', 'Neues Passwort wählen'],
  ])('are at %s in the language %s', async (path, language, title) => {
    const { status, headers, text } = await app.api.get(path, { headers: { 'accept-language': language } });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toContain(`<h1>${title}</h1>`);
  });

  it('run one script of their own origin, and no other', async () => {
    const { headers } = await app.api.get('/customer-confirmation');
    expect(headers.get('content-security-policy')).toMatch(/script-src 'self'(;|$)/);
    const script = await app.api.get('/account-pages.js');
    expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(() => new Function(script.text)).not.toThrow();
  });
});
