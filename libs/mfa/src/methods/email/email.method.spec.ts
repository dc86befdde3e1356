import { describe, expect, it } from 'vitest';
import { mailFaults } from '#testing';
import type { Code } from '../../core/code.js';
import type { CodeMail } from '../../core/mail-sender.js';
import type { CodeDelivery } from '../../core/method.js';
import { EmailMethod, type EmailOptions } from './email.method.js';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';
const DELIVERY: CodeDelivery = {
  account: { kind: 'customer', id: '1' },
  recipient: { email: 'ada@civic.example', locale: 'en_US' },
  code: '123456' as Code,
  ...{ purpose: 'step-up', occasion: 'change', ttlSeconds: 600, requestedAt: new Date('2026-10-01T14:05:09.123Z') },
  signal: new AbortController().signal,
};

async function sent(delivery: Partial<CodeDelivery>, methodOptions?: EmailOptions): Promise<CodeMail> {
  const mails: CodeMail[] = [];
  const method = new EmailMethod(
    { send: async (mail) => void mails.push(mail) },
    { methodOptions: methodOptions ?? {} },
  );
  await method.send({ ...DELIVERY, ...delivery });
  expect(mailFaults(mails[0]!)).toEqual([]);
  return mails[0]!;
}

describe('A mail with a code', () => {
  it.each([
    [
      'activation',
      'en_US',
      'is your code to switch on multi-factor authentication by e-mail.',
      /got into your account/,
    ],
    ['sign-in', 'en_US', 'is your code to sign in.', /knows your password/],
    ['change', 'en_US', 'is your code to confirm a change to your account.', /knows your password/],
    ['deactivation', 'en_US', 'is your code to switch off a method of multi-factor authentication.', /your password/],
    ['activation', 'de_DE', 'ist Ihr Code zum Einschalten der Multi-Faktor-Authentifizierung per E-Mail.', /Zugang/],
    ['sign-in', 'de_DE', 'ist Ihr Code zum Anmelden.', /kennt jemand Ihr Passwort/],
    ['change', 'de_DE', 'ist Ihr Code zum Bestätigen einer Änderung an Ihrem Konto.', /kennt jemand Ihr Passwort/],
    [
      'deactivation',
      'de_DE',
      'ist Ihr Code zum Ausschalten einer Methode der Multi-Faktor-Authentifizierung.',
      /kennt jemand Ihr Passwort/,
    ],
  ] as const)('(%s, %s) begins with the code and what it is for', async (occasion, locale, what, notYou) => {
    const purpose = occasion === 'activation' ? occasion : 'step-up';
    const origin = { requestId: 'r1', clientAddress: '203.0.113.7', userAgent: FIREFOX };
    const recipient = { ...DELIVERY.recipient, locale };
    const mail = await sent(
      { occasion, purpose, recipient, origin },
      { email: { name: 'Harbor Supply', color: '#ffcc00' } },
    );
    const [when, from] =
      locale === 'de_DE'
        ? ['Wann: 1. Oktober 2026 um 14:05 UTC', 'Von: 203.0.113.7, Firefox unter Linux']
        : ['When: 1 October 2026 at 14:05 UTC', 'From: 203.0.113.7, Firefox on Linux'];
    const life = expect.stringMatching(/10 minutes|10 Minuten/);
    expect(mail.text.trimEnd().split('\n')).toEqual([
      ...[
        `123456 ${what}`,
        '',
        '123456',
        '',
        life,
        '',
        when,
        from,
        '',
        expect.stringMatching(notYou),
        '',
        'Harbor Supply',
      ],
    ]);
    expect(mail.html).toContain(`hidden;mso-hide:all">123456 ${what}</div>`);
    expect(mail.subject).not.toContain('123456');
  });

  it('says nothing of a place or a name that it does not know', async () => {
    const { text } = await sent({});
    expect(text.trimEnd().split('\n').slice(5)).toEqual([
      ...['', 'When: 1 October 2026 at 14:05 UTC', '', expect.stringMatching(/^You did not ask for a code\?/)],
    ]);
  });

  it.each(['<b>Chrome/1</b>', 'curl/8.5.0', 'Chrome/1\r\nSubject: x'])(
    'shows nothing of the header %j itself',
    async (userAgent) => {
      const { text, html } = await sent({ origin: { clientAddress: '"><script>', userAgent } });
      expect(text + html).not.toMatch(/curl|<b>|<script>|Chrome\/1|Subject: x/);
    },
  );
});
