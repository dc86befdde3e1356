import { describe, expect, it } from 'vitest';
import { mailFaults } from '#testing';
import { keyMail } from './account-mail.js';

const KEY = 'q3Xj0m2d9rTz_8LkPw5sVn1bYc7hGfQe4uRiAo6tJxE';
const PAGE = 'https://shop.example/page';
const LOOK = { name: 'Harbor Supply', color: '#ffcc00' };

describe('A mail with a key', () => {
  it.each([
    ['confirmation', 'en_US', /confirm that this is your e-mail address/, 'Confirm the address', /did not register/],
    ['confirmation', 'de_DE', /bestätigen Sie, dass dies/, 'Adresse bestätigen', /nicht registriert/],
    ['password-restore', 'en_US', /asked for a new password/, 'Choose a new password', /It was not you/],
    ['password-restore', 'de_DE', /ein neues Passwort/, 'Neues Passwort wählen', /Sie waren es nicht/],
    ['password-reset', 'en_US', /An administrator asked/, 'Choose a new password', /You do not know why/],
    ['password-reset', 'de_DE', /Ein Administrator hat/, 'Neues Passwort wählen', /Sie wissen nicht, warum/],
  ] as const)(
    '(%s, %s) tells what for, has a button, and says what to do',
    (occasion, locale, what, button, notYou) => {
      const from = locale === 'de_DE' ? 'Von: 203.0.113.7' : 'From: 203.0.113.7';
      const mailed = { occasion, key: KEY, ttlSeconds: 3600, page: PAGE, clientAddress: '203.0.113.7' } as const;
      const mail = keyMail({ email: 'ada@civic.example', locale }, mailed, LOOK);
      expect(mailFaults(mail)).toEqual([]);
      expect(mail.html).toMatch(new RegExp(`<a href="${PAGE}#key=${KEY}"[^>]*>${button}</a>`));
      expect(mail.text.trimEnd().split('\n\n')).toEqual([
        ...[expect.stringMatching(what), `${PAGE}#key=${KEY}`, `Key: ${KEY}`],
        ...[expect.stringMatching(/1 hour|1 Stunde/), from, expect.stringMatching(notYou), 'Harbor Supply'],
      ]);
    },
  );
});
