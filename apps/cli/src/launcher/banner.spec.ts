import { describe, expect, it } from 'vitest';
import { readSettings } from '#platform';
import { banner } from './banner.js';

const told = (env: NodeJS.ProcessEnv = {}, hasDemoAccounts = true): string =>
  banner(readSettings({ STOREFRONT_PORT: '3400', ...env }), { hasDemoAccounts });

describe('What npm start tells when everything runs', () => {
  it('has the front doors at localhost, where browsers keep the cookies of pages', () => {
    expect(told()).toContain(`
  Customers         http://localhost:3400/account
  Agents            http://localhost:3400/agent
  Back Office       http://localhost:3001/
  Merchant Portal   http://localhost:3001/merchant
  APIs              http://localhost:3400/docs   http://localhost:3001/docs
  Mails             http://localhost:8025

Demo accounts:
  Customer        ada.kessler@harborsupply.example   Harbor-Demo-01!
`);
  });

  it.each(['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'])('says localhost for %s', (HOST) => {
    expect(told({ HOST })).toContain('http://localhost:3400/account');
    expect(told({ HOST })).not.toContain('over TLS');
  });

  it.each([
    ['192.0.2.7', 'http://192.0.2.7:3400/account'],
    ['2001:db8::7', 'http://[2001:db8::7]:3400/account'],
  ])('has another address as it is, and says what browsers need there: %s', (HOST, url) => {
    expect(told({ HOST })).toContain(url);
    expect(told({ HOST })).toContain('Browsers sign people in over TLS or at localhost alone');
  });

  it('names accounts only where there are some, and the mail server and database that were given', () => {
    const text = told({ SMTP_URL: 'smtp://mail', DATABASE_URL: 'postgres://user:secret@db/shop' }, false);
    expect(text).not.toMatch(/Demo accounts|secret/);
    expect(text).toContain('Mails             go to the server of SMTP_URL');
    expect(text).toContain('The data is in the database of DATABASE_URL.');
  });
});
