import type { Language } from '#look';

/** Why a key is mailed: a registration, a forgotten password, or a password that an administrator made void. */
export type MailOccasion = 'confirmation' | 'password-restore' | 'password-reset';

interface KeyMailTexts {
  readonly subject: string;
  readonly intro: string;
  readonly link: string;
  /** @param life how long the key is valid, such as `7 days` */
  readonly life: (life: string) => string;
  readonly notYou: string;
}

type AccountMailTexts = Readonly<Record<MailOccasion, KeyMailTexts>>;

const ENGLISH: AccountMailTexts = {
  confirmation: {
    subject: 'Please confirm your e-mail address',
    intro: 'Thank you for your registration. Please confirm that this is your e-mail address:',
    link: 'Confirm the address',
    life: (life) => `The link and the key are valid for ${life}, once.`,
    notYou: 'You did not register? Then do nothing; without the key nobody can log in.',
  },
  'password-restore': {
    subject: 'Choose a new password',
    intro: 'Somebody asked for a new password for your account. If it was you, choose one here:',
    link: 'Choose a new password',
    life: (life) => `The link and the key are valid for ${life}, once. Never give them to anyone, whoever asks.`,
    notYou: 'It was not you? Then do nothing; your password stays as it is.',
  },
  'password-reset': {
    subject: 'Your password was reset: choose a new one',
    intro:
      'An administrator asked for a new password for your account. The one that you had is void, and everybody who was logged in was logged out. Choose a new one here:',
    link: 'Choose a new password',
    life: (life) =>
      `The link and the key are valid for ${life}, once; after that, ask for another one as somebody who forgot the password. Never give them to anyone, whoever asks.`,
    notYou: 'You do not know why? Then tell us at once.',
  },
};

const GERMAN: AccountMailTexts = {
  confirmation: {
    subject: 'Bitte bestätigen Sie Ihre E-Mail-Adresse',
    intro: 'Vielen Dank für Ihre Registrierung. Bitte bestätigen Sie, dass dies Ihre E-Mail-Adresse ist:',
    link: 'Adresse bestätigen',
    life: (life) => `Der Link und der Schlüssel gelten ${life}, einmal.`,
    notYou:
      'Sie haben sich nicht registriert? Dann brauchen Sie nichts zu tun; ohne den Schlüssel kann sich niemand anmelden.',
  },
  'password-restore': {
    subject: 'Wählen Sie ein neues Passwort',
    intro: 'Jemand hat ein neues Passwort für Ihr Konto angefordert. Wenn Sie es waren, wählen Sie es hier:',
    link: 'Neues Passwort wählen',
    life: (life) =>
      `Der Link und der Schlüssel gelten ${life}, einmal. Geben Sie sie niemandem weiter, wer auch fragt.`,
    notYou: 'Sie waren es nicht? Dann brauchen Sie nichts zu tun; Ihr Passwort bleibt, wie es ist.',
  },
  'password-reset': {
    subject: 'Ihr Passwort wurde zurückgesetzt: wählen Sie ein neues',
    intro:
      'Ein Administrator hat ein neues Passwort für Ihr Konto verlangt. Das bisherige gilt nicht mehr, und alle, die angemeldet waren, wurden abgemeldet. Wählen Sie hier ein neues:',
    link: 'Neues Passwort wählen',
    life: (life) =>
      `Der Link und der Schlüssel gelten ${life}, einmal; danach fordern Sie einen neuen an wie jemand, der das Passwort vergessen hat. Geben Sie sie niemandem weiter, wer auch fragt.`,
    notYou: 'Sie wissen nicht, warum? Dann sagen Sie uns sofort Bescheid.',
  },
};

export const ACCOUNT_MAIL_TEXTS: Readonly<Record<Language, AccountMailTexts>> = { en: ENGLISH, de: GERMAN };
