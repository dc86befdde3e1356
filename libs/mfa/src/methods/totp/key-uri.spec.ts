import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyUri } from './key-uri.js';

const secret = 'OGZPJ3VXWGQ5KQ4WZC2DDYFTSAJXNUEB';

describe('keyUri', () => {
  it('has the form of the contract', () => {
    expect(keyUri({ issuer: 'Sallyport Shop', label: 'ada@example.test', secret })).toBe(
      `otpauth://totp/Sallyport%20Shop:ada%40example.test?issuer=Sallyport%20Shop&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
    );
  });

  it.each([
    ['a colon, which divides issuer and label', 'A:B', 'c:d', 'A%3AB:c%3Ad', 'A%3AB'],
    ['what divides a query', 'A&B=C?', '#d', 'A%26B%3DC%3F:%23d', 'A%26B%3DC%3F'],
    ['a plus, which is no blank', 'A+B', 'ada+shop@example.test', 'A%2BB:ada%2Bshop%40example.test', 'A%2BB'],
    ['letters outside ASCII', 'Müller', 'ü', 'M%C3%BCller:%C3%BC', 'M%C3%BCller'],
  ])('escapes %s', (_, issuer, label, path, query) => {
    expect(keyUri({ issuer, label, secret })).toContain(`totp/${path}?issuer=${query}&secret=`);
  });

  it('tells a reader of URIs the same again, whatever the names are', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(name, name, (issuer, label) => {
        const uri = new URL(keyUri({ issuer, label, secret }));
        const names = uri.pathname.slice('/'.length).split(':').map(decodeURIComponent);
        expect([uri.protocol, uri.host, ...names]).toEqual(['otpauth:', 'totp', issuer, label]);
        expect(Object.fromEntries(uri.searchParams)).toEqual({
          issuer,
          secret,
          algorithm: 'SHA1',
          digits: '6',
          period: '30',
        });
      }),
    );
  });
});
