import type { Language } from '#look';
import type { NoticeEvent } from './notice.js';

/** What a text is about: an event, or a special case of it. */
export type NoticeOccasion = NoticeEvent | 'list-made' | 'few-left';

/** The facts of a notice, formatted in its language. */
export interface NoticeFacts {
  /** The time, such as `1 October 2026 at 14:05 UTC`. */
  readonly at: string;
  /** The readable name of the method. Undefined if the notice is about all methods. */
  readonly method: string | undefined;
  /** The end of a lock. Undefined if there is none. */
  readonly until: string | undefined;
  /** The number of codes in a new list, or of codes left. */
  readonly left: number;
}

interface NoticeText {
  readonly subject: string;
  readonly intro: (facts: NoticeFacts) => string;
  readonly notYou: string;
}

interface NoticeTexts {
  /** The readable names of the methods. */
  readonly methods: ReadonlyMap<string, string>;
  readonly occasions: Readonly<Record<NoticeOccasion, NoticeText>>;
}

const ENGLISH: NoticeTexts = {
  methods: new Map([
    ['email', 'e-mail'],
    ['totp', 'authenticator app'],
    ['recovery-code', 'recovery codes'],
  ]),
  occasions: {
    activated: {
      subject: 'Multi-factor authentication was switched on',
      intro: ({ method, at }) =>
        `The method “${method}” of multi-factor authentication was switched on for your account on ${at}.`,
      notYou:
        'It was not you? Then somebody else got into your account. Change your password now, and tell us at once.',
    },
    'list-made': {
      subject: 'Recovery codes for your account were made',
      intro: ({ at, left }) =>
        `${left} recovery codes for your account were made on ${at}. Each of them is good once, in place of a code of another method.`,
      notYou:
        'It was not you? Then somebody else got into your account. Change your password now, make new recovery codes, and tell us at once.',
    },
    renewed: {
      subject: 'New recovery codes for your account were made',
      intro: ({ at, left }) =>
        `${left} new recovery codes for your account were made on ${at}. The former ones are not good any more.`,
      notYou:
        'It was not you? Then somebody else got into your account. Change your password now, make new recovery codes, and tell us at once.',
    },
    'backup-used': {
      subject: 'A recovery code of your account was used',
      intro: ({ at, left }) => `A recovery code of your account was used on ${at}. ${left} are left.`,
      notYou:
        'It was not you? Then somebody has your recovery codes. Make new ones now, change your password, and tell us at once.',
    },
    'few-left': {
      subject: 'A recovery code of your account was used, and few are left',
      intro: ({ at, left }) =>
        `A recovery code of your account was used on ${at}. ${['None is', 'One is'][left] ?? `${left} are`} left: make new ones soon.`,
      notYou:
        'It was not you? Then somebody has your recovery codes. Make new ones now, change your password, and tell us at once.',
    },
    deactivated: {
      subject: 'Multi-factor authentication was switched off',
      intro: ({ method, at }) =>
        `The method “${method}” of multi-factor authentication was switched off for your account on ${at}. If it was the last one, your recovery codes went with it.`,
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
  methods: new Map([
    ['email', 'E-Mail'],
    ['totp', 'Authenticator-App'],
    ['recovery-code', 'Wiederherstellungscodes'],
  ]),
  occasions: {
    activated: {
      subject: 'Die Multi-Faktor-Authentifizierung wurde eingeschaltet',
      intro: ({ method, at }) =>
        `Die Methode „${method}“ der Multi-Faktor-Authentifizierung wurde am ${at} für Ihr Konto eingeschaltet.`,
      notYou:
        'Sie waren es nicht? Dann hat jemand anderes Zugang zu Ihrem Konto. Ändern Sie jetzt Ihr Passwort, und sagen Sie uns sofort Bescheid.',
    },
    'list-made': {
      subject: 'Wiederherstellungscodes für Ihr Konto wurden erstellt',
      intro: ({ at, left }) =>
        `Am ${at} wurden ${left} Wiederherstellungscodes für Ihr Konto erstellt. Jeder davon gilt einmal, anstelle eines Codes einer anderen Methode.`,
      notYou:
        'Sie waren es nicht? Dann hat jemand anderes Zugang zu Ihrem Konto. Ändern Sie jetzt Ihr Passwort, erstellen Sie neue Wiederherstellungscodes, und sagen Sie uns sofort Bescheid.',
    },
    renewed: {
      subject: 'Neue Wiederherstellungscodes für Ihr Konto wurden erstellt',
      intro: ({ at, left }) =>
        `Am ${at} wurden ${left} neue Wiederherstellungscodes für Ihr Konto erstellt. Die bisherigen gelten nicht mehr.`,
      notYou:
        'Sie waren es nicht? Dann hat jemand anderes Zugang zu Ihrem Konto. Ändern Sie jetzt Ihr Passwort, erstellen Sie neue Wiederherstellungscodes, und sagen Sie uns sofort Bescheid.',
    },
    'backup-used': {
      subject: 'Ein Wiederherstellungscode Ihres Kontos wurde benutzt',
      intro: ({ at, left }) =>
        `Ein Wiederherstellungscode Ihres Kontos wurde am ${at} benutzt. ${left} sind noch übrig.`,
      notYou:
        'Sie waren es nicht? Dann hat jemand Ihre Wiederherstellungscodes. Erstellen Sie jetzt neue, ändern Sie Ihr Passwort, und sagen Sie uns sofort Bescheid.',
    },
    'few-left': {
      subject: 'Ein Wiederherstellungscode Ihres Kontos wurde benutzt, wenige sind übrig',
      intro: ({ at, left }) =>
        `Ein Wiederherstellungscode Ihres Kontos wurde am ${at} benutzt. ${['Keiner ist', 'Einer ist noch'][left] ?? `${left} sind noch`} übrig: Erstellen Sie bald neue.`,
      notYou:
        'Sie waren es nicht? Dann hat jemand Ihre Wiederherstellungscodes. Erstellen Sie jetzt neue, ändern Sie Ihr Passwort, und sagen Sie uns sofort Bescheid.',
    },
    deactivated: {
      subject: 'Die Multi-Faktor-Authentifizierung wurde ausgeschaltet',
      intro: ({ method, at }) =>
        `Die Methode „${method}“ der Multi-Faktor-Authentifizierung wurde am ${at} für Ihr Konto ausgeschaltet. War es die letzte, gelten auch Ihre Wiederherstellungscodes nicht mehr.`,
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

export const NOTICE_TEXTS: Readonly<Record<Language, NoticeTexts>> = { en: ENGLISH, de: GERMAN };
