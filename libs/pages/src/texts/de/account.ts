import { wait } from '../format.js';
import type { Texts } from '../en/index.js';

export const account: Texts['account'] = {
  password: {
    title: 'Passwort ändern',
    current: 'Jetziges Passwort',
    next: 'Neues Passwort',
    nextHint: (minimum) => `Mindestens ${minimum} Zeichen, und keines, das andere auch verwenden.`,
    repeat: 'Neues Passwort noch einmal',
    button: 'Passwort ändern',
    note: 'Ein neues Passwort meldet Sie überall ab.',
    wrong: 'Das ist nicht Ihr jetziges Passwort.',
    differ: 'Die beiden sind nicht gleich.',
    repetitive: 'Ein Zeichen wiederholt sich zu oft.',
    common: 'Zu viele Menschen verwenden dieses Passwort.',
    blocked: (seconds) => `Zu viele falsche Passwörter. Bitte warten Sie ${wait('de', seconds)}.`,
  },
};
