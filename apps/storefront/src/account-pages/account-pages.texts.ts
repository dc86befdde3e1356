export interface PageTexts {
  readonly title: string;
  readonly intro: string;
  readonly button: string;
  readonly done: string;
}

interface AccountPagesTexts {
  readonly confirmation: PageTexts;
  readonly restore: PageTexts;
  readonly password: string;
  readonly repeat: string;
  readonly noKey: string;
  readonly failed: string;
  readonly noScript: string;
}

export const ACCOUNT_PAGES_TEXTS: Readonly<Record<'en' | 'de', AccountPagesTexts>> = {
  en: {
    confirmation: {
      title: 'Confirm your e-mail address',
      intro: 'You have registered with this address. Confirm it, and you can log in.',
      button: 'Confirm',
      done: 'Your address is confirmed. You can log in now.',
    },
    restore: {
      title: 'Choose a new password',
      intro: 'The new password ends all sessions of your account.',
      button: 'Change the password',
      done: 'Your password is changed. You can log in with it now.',
    },
    password: 'New password',
    repeat: 'New password again',
    noKey: 'This page needs the whole link of the mail. Open the link again, or copy all of it.',
    failed: 'The shop does not answer. Please try again.',
    noScript: 'This page needs JavaScript. Without it, the key of the mail can be sent to the API.',
  },
  de: {
    confirmation: {
      title: 'E-Mail-Adresse bestätigen',
      intro: 'Sie haben sich mit dieser Adresse registriert. Bestätigen Sie sie, dann können Sie sich anmelden.',
      button: 'Bestätigen',
      done: 'Ihre Adresse ist bestätigt. Sie können sich jetzt anmelden.',
    },
    restore: {
      title: 'Neues Passwort wählen',
      intro: 'Das neue Passwort beendet alle Sitzungen Ihres Kontos.',
      button: 'Passwort ändern',
      done: 'Ihr Passwort ist geändert. Sie können sich jetzt damit anmelden.',
    },
    password: 'Neues Passwort',
    repeat: 'Neues Passwort wiederholen',
    noKey: 'Diese Seite braucht den ganzen Link der Mail. Öffnen Sie den Link noch einmal, oder kopieren Sie ihn ganz.',
    failed: 'Der Shop antwortet nicht. Bitte versuchen Sie es noch einmal.',
    noScript: 'Diese Seite braucht JavaScript. Ohne es kann der Schlüssel der Mail an die API gesendet werden.',
  },
};
