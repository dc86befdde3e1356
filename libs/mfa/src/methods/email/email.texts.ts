import type { Language } from '#look';
import type { CodeDelivery } from '../../core/method.js';

interface EmailTexts {
  /** The same for every occasion: people and their filters know it. */
  readonly subject: string;
  /** What a code is for: completes the title and the preview. */
  readonly occasions: Readonly<Record<CodeDelivery['occasion'], string>>;
  readonly title: (what: string) => string;
  readonly preview: (code: string, what: string) => string;
  /** Says how long the code is valid, in whole minutes. */
  readonly life: (minutes: number) => string;
  /** What to do about a code that somebody else asked for: to set the method up, or to use it. */
  readonly notYou: Readonly<Record<CodeDelivery['purpose'], string>>;
}

export const EMAIL_TEXTS: Readonly<Record<Language, EmailTexts>> = {
  en: {
    subject: 'Your security code',
    occasions: {
      activation: 'switch on multi-factor authentication by e-mail',
      'sign-in': 'sign in',
      change: 'confirm a change to your account',
      deactivation: 'switch off a method of multi-factor authentication',
    },
    title: (what) => `Your code to ${what}`,
    preview: (code, what) => `${code} is your code to ${what}.`,
    life: (minutes) =>
      `The code is valid for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, once, and only where you asked for it. Never give it to anyone, whoever asks.`,
    notYou: {
      activation:
        'You did not ask for a code? Then somebody else got into your account. Change your password now, and leave the code unused.',
      'step-up':
        'You did not ask for a code? Then somebody knows your password. Change it now; without this code nobody can change your data.',
    },
  },
  de: {
    subject: 'Ihr Sicherheitscode',
    occasions: {
      activation: 'zum Einschalten der Multi-Faktor-Authentifizierung per E-Mail',
      'sign-in': 'zum Anmelden',
      change: 'zum Bestätigen einer Änderung an Ihrem Konto',
      deactivation: 'zum Ausschalten einer Methode der Multi-Faktor-Authentifizierung',
    },
    title: (what) => `Ihr Code ${what}`,
    preview: (code, what) => `${code} ist Ihr Code ${what}.`,
    life: (minutes) =>
      `Der Code gilt ${minutes} ${minutes === 1 ? 'Minute' : 'Minuten'}, einmal, und nur dort, wo Sie ihn angefordert haben. Geben Sie ihn niemandem weiter, wer auch fragt.`,
    notYou: {
      activation:
        'Sie haben keinen Code angefordert? Dann hat jemand anderes Zugang zu Ihrem Konto. Ändern Sie jetzt Ihr Passwort, und benutzen Sie den Code nicht.',
      'step-up':
        'Sie haben keinen Code angefordert? Dann kennt jemand Ihr Passwort. Ändern Sie es jetzt; ohne diesen Code kann niemand Ihre Daten ändern.',
    },
  },
};
