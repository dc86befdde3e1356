import type { Texts } from '../en/index.js';

type AccountAccess = Pick<Texts['account'], 'registration' | 'key' | 'confirmation' | 'forgotten' | 'newPassword'>;

export const accountAccess: AccountAccess = {
  registration: {
    title: 'Konto anlegen',
    link: 'Ein Konto anlegen',
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    repeat: 'Passwort noch einmal',
    terms: 'Ich stimme den Bedingungen des Shops zu.',
    button: 'Konto anlegen',
    sentTitle: 'Schauen Sie in Ihr Postfach',
    sent: 'Wir haben Ihnen eine Mail gesendet. Öffnen Sie den Link darin, um Ihre Adresse zu bestätigen; dann können Sie sich anmelden.',
    sentHint:
      'Nichts angekommen? Schauen Sie in den Spam-Ordner. Wenn Sie mit dieser Adresse schon ein Konto haben, hilft Ihnen die Mail zu einem neuen Passwort.',
    signIn: 'Zur Anmeldung',
  },
  key: {
    label: 'Schlüssel aus der Mail',
    hint: 'Er steht in der Mail unter dem Link.',
    invalid: 'Dieser Schlüssel ist falsch, schon benutzt oder zu alt. Fordern Sie eine neue Mail an.',
  },
  confirmation: {
    title: 'E-Mail-Adresse bestätigen',
    intro: 'Sie haben sich mit dieser Adresse registriert. Bestätigen Sie sie, dann können Sie sich anmelden.',
    button: 'Bestätigen',
  },
  forgotten: {
    title: 'Passwort vergessen',
    link: 'Passwort vergessen?',
    intro: 'Nennen Sie uns Ihre E-Mail-Adresse. Wir senden Ihnen eine Mail, mit der Sie ein neues Passwort wählen.',
    email: 'E-Mail-Adresse',
    button: 'Mail senden',
    sentTitle: 'Schauen Sie in Ihr Postfach',
    sent: 'Wenn es ein Konto mit dieser Adresse gibt, ist eine Mail unterwegs. Ihr Link gilt eine Stunde.',
  },
  newPassword: {
    title: 'Neues Passwort wählen',
    intro: 'Das neue Passwort beendet alle Sitzungen Ihres Kontos.',
    button: 'Passwort setzen',
  },
};
