import type { NoticeEvent } from './notice.js';

/** What a notice is about, in words of its language. */
export interface NoticeFacts {
  /** The moment, such as `1 October 2026 at 14:05 UTC`. */
  readonly at: string;
  /** The method's name; undefined: all of them. */
  readonly method: string | undefined;
  /** The end of a lock; undefined where there is none. */
  readonly until: string | undefined;
}

interface NoticeText {
  readonly subject: string;
  readonly intro: (facts: NoticeFacts) => string;
  readonly notYou: string;
}

interface NoticeTexts {
  /** BCP 47 tag. */
  readonly language: string;
  /** BCP 47 tag of the form that moments are written in. */
  readonly dates: string;
  readonly events: Readonly<Record<NoticeEvent, NoticeText>>;
}

const ENGLISH: NoticeTexts = {
  language: 'en',
  dates: 'en-GB',
  events: {
    activated: {
      subject: 'Multi-factor authentication was switched on',
      intro: ({ method, at }) =>
        `The method “${method}” of multi-factor authentication was switched on for your account on ${at}.`,
      notYou:
        'It was not you? Then somebody else got into your account. Change your password now, and tell us at once.',
    },
    deactivated: {
      subject: 'Multi-factor authentication was switched off',
      intro: ({ method, at }) =>
        `The method “${method}” of multi-factor authentication was switched off for your account on ${at}.`,
      notYou:
        'It was not you? Then somebody else got into your account. Change your password now, switch the method on again, and tell us at once.',
    },
    removed: {
      subject: 'Multi-factor authentication was removed from your account',
      intro: ({ method, at }) =>
        method === undefined
          ? `An administrator removed multi-factor authentication from your account on ${at}.`
          : `An administrator removed the method “${method}” of multi-factor authentication from your account on ${at}.`,
      notYou: 'You do not know why? Then set it up again, and tell us at once.',
    },
    locked: {
      subject: 'Multi-factor authentication of your account is locked',
      intro: ({ at, until }) =>
        `Too many wrong codes were entered for your account. Since ${at} multi-factor authentication is locked${until === undefined ? '' : `, until ${until}`}. As long as it is, no code is accepted, not even a right one, and none is sent.`,
      notYou:
        'It was not you? Then somebody probably knows your password. Change it as soon as the lock is over, and tell us at once.',
    },
    'password-changed': {
      subject: 'The password of your account was changed',
      intro: ({ at }) =>
        `The password of your account was changed on ${at}. Everybody who was logged in was logged out; log in again with the new password.`,
      notYou: 'It was not you? Then somebody else can log in to your account. Please tell us at once.',
    },
    'address-changed': {
      subject: 'The e-mail address of your account was changed',
      intro: ({ at }) =>
        `The e-mail address of your account was changed on ${at}. You log in with the new address from now on, and our mails go there.`,
      notYou: 'It was not you, and nobody told you? Then somebody else got into your account. Please tell us at once.',
    },
  },
};

const GERMAN: NoticeTexts = {
  language: 'de',
  dates: 'de-DE',
  events: {
    activated: {
      subject: 'Die Multi-Faktor-Authentifizierung wurde eingeschaltet',
      intro: ({ method, at }) =>
        `Die Methode „${method}“ der Multi-Faktor-Authentifizierung wurde am ${at} für Ihr Konto eingeschaltet.`,
      notYou:
        'Sie waren es nicht? Dann hat jemand anderes Zugang zu Ihrem Konto. Ändern Sie jetzt Ihr Passwort, und sagen Sie uns sofort Bescheid.',
    },
    deactivated: {
      subject: 'Die Multi-Faktor-Authentifizierung wurde ausgeschaltet',
      intro: ({ method, at }) =>
        `Die Methode „${method}“ der Multi-Faktor-Authentifizierung wurde am ${at} für Ihr Konto ausgeschaltet.`,
      notYou:
        'Sie waren es nicht? Dann hat jemand anderes Zugang zu Ihrem Konto. Ändern Sie jetzt Ihr Passwort, schalten Sie die Methode wieder ein, und sagen Sie uns sofort Bescheid.',
    },
    removed: {
      subject: 'Die Multi-Faktor-Authentifizierung wurde von Ihrem Konto entfernt',
      intro: ({ method, at }) =>
        method === undefined
          ? `Ein Administrator hat am ${at} die Multi-Faktor-Authentifizierung von Ihrem Konto entfernt.`
          : `Ein Administrator hat am ${at} die Methode „${method}“ der Multi-Faktor-Authentifizierung von Ihrem Konto entfernt.`,
      notYou: 'Sie wissen nicht, warum? Dann richten Sie sie wieder ein, und sagen Sie uns sofort Bescheid.',
    },
    locked: {
      subject: 'Die Multi-Faktor-Authentifizierung Ihres Kontos ist gesperrt',
      intro: ({ at, until }) =>
        `Für Ihr Konto wurden zu viele falsche Codes eingegeben. Seit dem ${at} ist die Multi-Faktor-Authentifizierung gesperrt${until === undefined ? '' : `, bis zum ${until}`}. So lange wird kein Code angenommen, auch kein richtiger, und keiner verschickt.`,
      notYou:
        'Sie waren es nicht? Dann kennt wahrscheinlich jemand Ihr Passwort. Ändern Sie es, sobald die Sperre vorbei ist, und sagen Sie uns sofort Bescheid.',
    },
    'password-changed': {
      subject: 'Das Passwort Ihres Kontos wurde geändert',
      intro: ({ at }) =>
        `Das Passwort Ihres Kontos wurde am ${at} geändert. Alle, die angemeldet waren, wurden abgemeldet; melden Sie sich mit dem neuen Passwort wieder an.`,
      notYou:
        'Sie waren es nicht? Dann kann sich jemand anderes an Ihrem Konto anmelden. Bitte sagen Sie uns sofort Bescheid.',
    },
    'address-changed': {
      subject: 'Die E-Mail-Adresse Ihres Kontos wurde geändert',
      intro: ({ at }) =>
        `Die E-Mail-Adresse Ihres Kontos wurde am ${at} geändert. Ab jetzt melden Sie sich mit der neuen Adresse an, und unsere Mails gehen dorthin.`,
      notYou:
        'Sie waren es nicht, und niemand hat es Ihnen gesagt? Dann hat jemand anderes Zugang zu Ihrem Konto. Bitte sagen Sie uns sofort Bescheid.',
    },
  },
};

/** The texts for a locale in ISO form; English for every language but German. */
export function noticeTexts(locale: string): NoticeTexts {
  return locale.toLowerCase().startsWith('de') ? GERMAN : ENGLISH;
}
