/** A mail that carries a key. */
interface KeyMailTexts {
  readonly subject: string;
  readonly intro: string;
  readonly link: string;
  /** @param life how long the key lives, such as `7 days` */
  readonly life: (life: string) => string;
  readonly notYou: string;
}

interface AccountMailTexts {
  /** BCP 47 tag. */
  readonly language: string;
  readonly confirmation: KeyMailTexts;
  readonly 'password-restore': KeyMailTexts;
}

const ENGLISH: AccountMailTexts = {
  language: 'en',
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
};

const GERMAN: AccountMailTexts = {
  language: 'de',
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
};

/** The texts for a locale in ISO form; English for every language but German. */
export function accountMailTexts(locale: string): AccountMailTexts {
  return locale.toLowerCase().startsWith('de') ? GERMAN : ENGLISH;
}
