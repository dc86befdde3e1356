import { describe, expect, it } from 'vitest';
import { mailLanguage, whenAndWhere } from './mail-words.js';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const AT = new Date('2026-10-01T14:05:09.123Z');
const fromOf = (userAgent: string): string | undefined => whenAndWhere({ userAgent }, 'en')[0]?.[1];

describe('Where something was done', () => {
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`, 'Chrome on Windows'],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`,
      'Edge on Windows',
    ],
    [`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0`, 'Opera on Linux'],
    [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`, 'Chrome on ChromeOS'],
    [`Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/140.0.0.0 Mobile Safari/537.36`, 'Chrome on Android'],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36`,
      'Samsung Internet on Android',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox on Linux'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox on macOS'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
      'Safari on macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1',
      'Chrome on iPad',
    ],
    ['Mozilla/5.0 (PlayStation; PlayStation 5/1.0) AppleWebKit/605.1.15 (KHTML, like Gecko) Safari/605.1.15', 'Safari'],
    ['curl/8.5.0', undefined],
    ['okhttp/4.12.0 (Android)', undefined],
    ['', undefined],
  ])('is told by the browser: %s', (userAgent, expected) => {
    expect(fromOf(userAgent)).toBe(expected);
  });

  it.each([
    '<script>Chrome/1</script>',
    'Chrome/1\r\nTo: somebody@else.example',
    '"><img src=x onerror=alert(1)> Chrome/1',
    'Chrome/1 call +49 30 1234567 at once',
    'Chrome/1 https://evil.example',
    'Chrome/1 \u202eevil',
    '&lt;b&gt; Chrome/1',
    'Chrome/1\u0000',
    `Chrome/1${'x'.repeat(100_000)}`,
    '${7*7} {{7*7}} Chrome/1',
  ])('has nothing of what a hostile browser writes: %j', (userAgent) => {
    expect(fromOf(userAgent)).toBe('Chrome');
  });

  it.each(['unknown', '203.0.113.7<b>', '203.0.113.7, 10.0.0.1', '', 'évil'])(
    'leaves the address “%s” out',
    (address) => {
      expect(whenAndWhere({ clientAddress: address }, 'en')).toEqual([]);
    },
  );

  it('is written in the language of the account, with the moment in UTC', () => {
    const occasion = { at: AT, clientAddress: '2001:db8::1', userAgent: 'Firefox/143.0 (Windows NT 10.0)' };
    expect(whenAndWhere(occasion, mailLanguage('en_US'))).toEqual([
      ['When', '1 October 2026 at 14:05 UTC'],
      ['From', '2001:db8::1, Firefox on Windows'],
    ]);
    expect(whenAndWhere(occasion, mailLanguage('de_AT'))).toEqual([
      ['Wann', '1. Oktober 2026 um 14:05 UTC'],
      ['Von', '2001:db8::1, Firefox unter Windows'],
    ]);
  });
});
