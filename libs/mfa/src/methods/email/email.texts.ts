import type { CodePurpose } from '../../core/code.js';

interface EmailTexts {
  readonly language: string;
  readonly subject: string;
  readonly intro: Readonly<Record<CodePurpose, string>>;
  /** Says how long the code is valid, in whole minutes. */
  readonly life: (minutes: number) => string;
  readonly notYou: string;
}

const ENGLISH: EmailTexts = {
  language: 'en',
  subject: 'Your security code',
  intro: {
    activation: 'Use this code to switch on multi-factor authentication by e-mail for your account:',
    'step-up': 'Use this code to confirm a change to your account:',
  },
  life: (minutes) =>
    `The code is valid for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, once, and only where you asked for it. Never give it to anyone, whoever asks.`,
  notYou:
    'You did not ask for a code? Then somebody knows your password. Change it now; without this code nobody can change your data.',
};

const GERMAN: EmailTexts = {
  language: 'de',
  subject: 'Ihr Sicherheitscode',
  intro: {
    activation: 'Mit diesem Code schalten Sie die Multi-Faktor-Authentifizierung per E-Mail für Ihr Konto ein:',
    'step-up': 'Mit diesem Code bestätigen Sie eine Änderung an Ihrem Konto:',
  },
  life: (minutes) =>
    `Der Code gilt ${minutes} ${minutes === 1 ? 'Minute' : 'Minuten'}, einmal, und nur dort, wo Sie ihn angefordert haben. Geben Sie ihn niemandem weiter, wer auch fragt.`,
  notYou:
    'Sie haben keinen Code angefordert? Dann kennt jemand Ihr Passwort. Ändern Sie es jetzt; ohne diesen Code kann niemand Ihre Daten ändern.',
};

/** The texts for a locale such as `de_DE`: German for `de`, English for all other languages. */
export function emailTexts(locale: string): EmailTexts {
  return locale.toLowerCase().startsWith('de') ? GERMAN : ENGLISH;
}
