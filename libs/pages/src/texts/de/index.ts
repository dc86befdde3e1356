import { account } from './account.js';
import { agent } from './agent.js';
import { backOffice } from './back-office.js';
import { lists } from './lists.js';
import { merchant } from './merchant.js';
import { rules } from './rules.js';
import { sessions } from './sessions.js';
import { wait } from '../format.js';
import type { Texts } from '../en/index.js';

export const de: Texts = {
  locale: 'de',
  layout: {
    skip: 'Zum Inhalt springen',
    navigation: 'Konto',
    overview: 'Übersicht',
    mfa: 'Zweiter Faktor',
    sessions: 'Sitzungen',
    signOut: 'Abmelden',
    errorSummary: 'Das hat nicht geklappt',
    offline: 'Der Shop hat nicht geantwortet. Bitte versuchen Sie es noch einmal.',
    titleOf: (title, name) => `${title} – ${name}`,
  },
  errors: {
    badRequest: {
      title: 'Diese Anfrage ist nicht lesbar',
      text: 'Gehen Sie zurück, und versuchen Sie es noch einmal.',
    },
    forbidden: {
      title: 'Das ist nicht erlaubt',
      text: 'Ihr Konto darf das nicht, oder die Anfrage kam von keiner Seite dieses Shops. Wenn Sie es dürfen, öffnen Sie die Seite neu, und versuchen Sie es noch einmal.',
    },
    notFound: {
      title: 'Seite nicht gefunden',
      text: 'Diese Seite gibt es nicht. Vielleicht ist die Adresse vertippt.',
    },
    tooMany: {
      title: 'Zu viele Anfragen',
      text: 'Aus Ihrem Netz kamen zu viele Anfragen. Bitte warten Sie eine Minute.',
    },
    failed: {
      title: 'Etwas ist schiefgegangen',
      text: 'Das liegt an uns, nicht an Ihnen. Bitte versuchen Sie es später noch einmal.',
    },
    unavailable: {
      title: 'Wir sind gleich zurück',
      text: 'Der Shop ist gerade nicht erreichbar. Bitte versuchen Sie es noch einmal.',
    },
    moved: { title: 'Weiter auf einer anderen Seite', text: 'Diese Seite leitet Sie weiter.' },
    requestId: (id) => `Wenn es so bleibt, nennen Sie uns diese Nummer: ${id}`,
    home: 'Zu Ihrem Konto',
  },
  signIn: {
    title: 'Anmelden',
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    button: 'Anmelden',
    emailMissing: 'Geben Sie Ihre E-Mail-Adresse ein.',
    passwordMissing: 'Geben Sie Ihr Passwort ein.',
    refused: 'Die E-Mail-Adresse oder das Passwort ist falsch, oder die Adresse ist noch nicht bestätigt.',
    blocked: (seconds) => `Zu viele Anmeldeversuche. Bitte warten Sie ${wait('de', seconds)}.`,
    events: {
      out: 'Sie sind abgemeldet.',
      password: 'Ihr Passwort ist geändert. Melden Sie sich damit an.',
      confirmed: 'Ihre Adresse ist bestätigt. Sie können sich jetzt anmelden.',
      deleted: 'Ihr Konto ist gelöscht.',
    },
  },
  code: {
    title: 'Bestätigen Sie, dass Sie es sind',
    intro: 'Ihr Konto ist durch einen zweiten Faktor geschützt. Geben Sie einen Code ein, um fortzufahren.',
    sent: 'Ein Code ist an Ihre E-Mail-Adresse unterwegs.',
    label: 'Code',
    hints: {
      email: 'Aus der Mail, die wir Ihnen gesendet haben.',
      totp: 'Aus Ihrer Authenticator-App.',
    },
    over: 'Der Code aus der Mail gilt nicht mehr. Fordern Sie einen neuen an.',
    lockedUntil: (at) => `Zu viele falsche Codes: Bis ${at} sind Codes für Ihr Konto gesperrt.`,
    attemptsLeft: (count) =>
      count === 1
        ? 'Noch ein Versuch, dann werden Codes gesperrt.'
        : `Noch ${count} Versuche, dann werden Codes gesperrt.`,
    recoveryLabel: 'Wiederherstellungscode',
    recoveryHint: 'Einer der Codes, die Sie gedruckt oder gespeichert haben. Jeder gilt einmal.',
    useRecovery: 'Einen Wiederherstellungscode verwenden',
    use: (name) => `Verwenden: ${name}`,
    cancel: 'Abbrechen',
    button: 'Weiter',
    send: 'Code per E-Mail senden',
    sendAgain: 'Neuen Code senden',
  },
  overview: {
    title: 'Ihr Konto',
    signedInAs: (email) => `Sie sind als ${email} angemeldet.`,
    protected: 'Ihr Konto ist durch einen zweiten Faktor geschützt.',
    promptTitle: 'Schützen Sie Ihr Konto mit einem zweiten Faktor',
    prompt:
      'Dann genügt ein gestohlenes Passwort nicht: Bestellungen, Adressen, Ihr Passwort und Ihre Daten lassen sich nur mit einem Code ändern, den Sie allein bekommen.',
    setUp: 'Einrichten',
    manage: 'Ihre Methoden ansehen',
    noRecoveryCodes:
      'Sie haben keine Wiederherstellungscodes für den Tag, an dem Telefon oder Postfach nicht erreichbar sind.',
    requiredFrom: (date) => `Ab ${date} verlangt der Shop einen zweiten Faktor. Richten Sie ihn rechtzeitig ein.`,
    required: 'Der Shop verlangt einen zweiten Faktor. Bis Sie ihn einrichten, lässt sich nichts Geschütztes ändern.',
  },
  mfa: {
    title: 'Zweiter Faktor',
    intro: 'Jede Methode, die an ist, kann bestätigen, dass Sie es sind.',
    requiredFirst:
      'Für das, was Sie tun wollten, verlangt der Shop einen zweiten Faktor. Richten Sie einen ein, dann versuchen Sie es noch einmal.',
    status: { 0: 'Aus', 1: 'Nicht fertig', 2: 'An' },
    open: { 0: 'Einrichten', 1: 'Fertigstellen', 2: 'Ändern' },
    remaining: (count) => (count === 1 ? '1 Code ist übrig.' : `${count} Codes sind übrig.`),
    activate: 'Einschalten',
    restart: 'Neu beginnen',
    verify: 'Bestätigen',
    deactivate: 'Ausschalten',
    renew: 'Neue Codes holen',
    renewHint: 'Die alten Codes sind dann ungültig.',
    deactivateTitle: 'Ausschalten',
    deactivateIntro: 'Geben Sie einen Code dieser Methode oder einen Wiederherstellungscode ein.',
    deactivateBackupIntro: 'Geben Sie einen Code einer beliebigen Methode ein, die an ist.',
    stepUpIntro: 'Geben Sie zuerst einen Code einer Methode ein, die an ist.',
    verifyIntro: 'Geben Sie den Code ein, um fertig zu werden.',
    mailSent: 'Ein Code ist an Ihre E-Mail-Adresse unterwegs. Geben Sie ihn ein, um fertig zu werden.',
    qrIntro: 'Scannen Sie das Bild mit Ihrer Authenticator-App, und geben Sie dann den Code ein, den sie zeigt.',
    qrLabel: 'QR-Code mit dem Geheimnis für Ihre Authenticator-App',
    secret: 'Oder tippen Sie dieses Geheimnis in die App:',
    codesTitle: 'Ihre Wiederherstellungscodes',
    codesIntro: 'Sie werden einmal gezeigt. Drucken oder speichern Sie sie jetzt, fern von Telefon und Postfach.',
    copy: 'Kopieren',
    copied: 'Kopiert.',
    print: 'Drucken',
    download: 'Herunterladen',
    done: 'Zurück zu Ihren Methoden',
    activated: (name) => `${name}: jetzt an.`,
    deactivated: (name) => `${name}: jetzt aus.`,
    needsOther:
      'Wiederherstellungscodes vertreten eine andere Methode. Schalten Sie zuerst E-Mail oder eine Authenticator-App ein.',
  },
  methods: {
    email: { name: 'Code per E-Mail', about: 'Wir senden jedes Mal einen Code an Ihre E-Mail-Adresse.' },
    totp: {
      name: 'Authenticator-App',
      about: 'Eine App auf Ihrem Telefon zeigt alle 30 Sekunden einen neuen Code, auch ohne Netz.',
    },
    'recovery-code': {
      name: 'Wiederherstellungscodes',
      about: 'Eine Liste von Codes für den Tag, an dem Telefon und Postfach nicht erreichbar sind.',
    },
  },
  refusals: {
    codeMissing: () => 'Geben Sie einen Code ein.',
    codeInvalid: () => 'Dieser Code ist falsch oder abgelaufen. Versuchen Sie es noch einmal.',
    typeMissing: () => 'Wählen Sie eine Methode.',
    deactivationFailed: () => 'Diese Methode muss bleiben: Der Shop verlangt sie. Richten Sie zuerst eine andere ein.',
    alreadyActivated: () => 'Diese Methode ist schon an.',
    noCustomerIdentifier: () => 'Bitte melden Sie sich neu an.',
    typeNotFound: () => 'Diese Methode ist nicht eingerichtet oder wird nicht mehr angeboten. Beginnen Sie neu.',
    customerNotFound: () => 'Dieses Konto gibt es nicht mehr.',
    userNotFound: () => 'Dieses Konto gibt es nicht mehr.',
    noUserIdentifier: () => 'Bitte melden Sie sich neu an.',
    sendingFailed: () =>
      'Der Code konnte nicht gesendet werden. Bitte versuchen Sie es in einigen Minuten noch einmal.',
    locked: (seconds) =>
      `Zu viele falsche Codes. Codes sind für Ihr Konto gesperrt; versuchen Sie es in ${wait('de', seconds)} noch einmal.`,
    sendLimit: (seconds) =>
      `Es wurden zu viele Codes gesendet. Den nächsten können Sie in ${wait('de', seconds)} anfordern.`,
    setupRequired: () => 'Richten Sie zuerst eine andere Methode ein: per E-Mail oder mit einer Authenticator-App.',
  },
  rules,
  sessions,
  account,
  agent,
  backOffice,
  merchant,
  lists,
};
