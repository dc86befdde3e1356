import { wait } from '../format.js';

/** The texts of customers' pages. */
export const account = {
  password: {
    title: 'Change your password',
    current: 'Current password',
    next: 'New password',
    nextHint: (minimum: number) => `At least ${minimum} characters, and none that others use as well.`,
    repeat: 'New password again',
    button: 'Change the password',
    note: 'A new password signs you out everywhere.',
    wrong: 'This is not your current password.',
    differ: 'The two are not the same.',
    repetitive: 'It repeats one character too often.',
    common: 'Too many people use this password.',
    blocked: (seconds: number) => `Too many wrong passwords. Please wait ${wait('en', seconds)}.`,
  },
};
