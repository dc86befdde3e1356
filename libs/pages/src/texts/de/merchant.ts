import type { Texts } from '../en/index.js';

export const merchant: Texts['merchant'] = {
  name: 'Händlerportal',
  signIn: 'Für Nutzerinnen und Nutzer und Beauftragte von Händlern.',
  profile: {
    title: 'Profil',
    email: 'E-Mail-Adresse',
    emailHint: 'Damit melden Sie sich an, und dorthin gehen Codes. Im Back Office kann sie geändert werden.',
    firstName: 'Vorname',
    lastName: 'Nachname',
    locale: 'Sprache der Seiten und Mails',
    locales: { en_US: 'English', de_DE: 'Deutsch' },
    button: 'Speichern',
    saved: 'Ihr Profil ist gespeichert.',
    gone: 'Dieses Konto gibt es nicht mehr.',
  },
};
