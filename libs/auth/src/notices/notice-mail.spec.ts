import { describe, expect, it } from 'vitest';
import { mailFaults } from '#testing';
import { noticeMail } from './notice-mail.js';
import type { NoticeEvent } from './notice.js';

const AT = '2026-10-01T14:05:09.123Z';
const LOOK = { name: 'Harbor Supply', color: '#ffcc00' };
const EVENTS: readonly (readonly [event: NoticeEvent, left?: number])[] = [
  ...([['activated'], ['activated', 10], ['renewed', 10], ['backup-used', 4], ['backup-used', 1]] as const),
  ...([['deactivated'], ['removed'], ['locked'], ['password-changed'], ['address-changed']] as const),
];
const LOCALES = [
  ['en_US', 'When: 1 October 2026 at 14:05 UTC', 'From: 203.0.113.7', /It was not you|You do not know why/],
  ['de_DE', 'Wann: 1. Oktober 2026 um 14:05 UTC', 'Von: 203.0.113.7', /Sie waren es nicht|Sie wissen nicht, warum/],
] as const;

describe('A notice', () => {
  const lines = (locale: string, event: NoticeEvent, more: object) => {
    const notice = { accountKind: 'customer', accountId: '1', event, at: AT, ...more } as const;
    const mail = noticeMail({ email: 'ada@civic.example', locale }, notice, 'once', LOOK);
    expect(mailFaults(mail)).toEqual([]);
    return mail.text.trimEnd().split('\n');
  };

  it.each(EVENTS.flatMap(([event, remaining]) => LOCALES.map((texts) => [event, remaining, ...texts] as const)))(
    'of the event %s (codes left: %s) for %s tells what, when, from where, and what to do',
    (event, remaining, locale, when, from, notYou) => {
      const [what, ...rest] = lines(locale, event, { method: 'email', remaining, clientAddress: '203.0.113.7' });
      expect(what).toMatch(/account|Konto/);
      expect(rest).toEqual(['', when, from, '', expect.stringMatching(notYou), '', 'Harbor Supply']);
    },
  );

  it.each([undefined, null, 'unknown'])('does not tell from where when the address is %s', (clientAddress) => {
    expect(lines('en_US', 'removed', { clientAddress }).join('\n')).not.toContain('From:');
  });
});
