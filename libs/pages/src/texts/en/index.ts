import type { MfaErrorName } from '#mfa';
import { account } from './account.js';
import { agent } from './agent.js';
import { backOffice } from './back-office.js';
import { lists } from './lists.js';
import { merchant } from './merchant.js';
import { rules } from './rules.js';
import { sessions } from './sessions.js';
import { wait } from '../format.js';

type Refusals = Record<MfaErrorName, (secondsLeft: number) => string>;

const refusals: Refusals = {
  codeMissing: () => 'Enter a code.',
  codeInvalid: () => 'This code is wrong or has expired. Try again.',
  typeMissing: () => 'Choose a method.',
  deactivationFailed: () => 'This method must stay: the shop requires it. Set up another one first.',
  alreadyActivated: () => 'This method is on already.',
  noCustomerIdentifier: () => 'Please sign in again.',
  typeNotFound: () => 'This method is not set up, or not offered any more. Begin again.',
  customerNotFound: () => 'This account does not exist any more.',
  userNotFound: () => 'This account does not exist any more.',
  noUserIdentifier: () => 'Please sign in again.',
  sendingFailed: () => 'The code could not be sent. Please try again in a few minutes.',
  locked: (seconds) => `Too many wrong codes. Codes are locked for your account; try again in ${wait('en', seconds)}.`,
  sendLimit: (seconds) => `Too many codes were sent. You can ask for another one in ${wait('en', seconds)}.`,
  setupRequired: () => 'Set up another method first: by e-mail or with an authenticator app.',
};

/** The texts of pages. All other languages have exactly these. */
export const en = {
  locale: 'en',
  layout: {
    skip: 'Skip to content',
    navigation: 'Account',
    overview: 'Overview',
    mfa: 'Second factor',
    sessions: 'Sessions',
    signOut: 'Sign out',
    errorSummary: 'That did not work',
    offline: 'The shop did not answer. Please try again.',
    titleOf: (title: string, name: string) => `${title} – ${name}`,
  },
  errors: {
    badRequest: { title: 'This request cannot be read', text: 'Go back, and try again.' },
    forbidden: {
      title: 'This is not allowed',
      text: 'Your account may not do this, or the request did not come from a page of this shop. If you may, open the page again, and try once more.',
    },
    notFound: { title: 'Page not found', text: 'There is no such page. Perhaps the address was mistyped.' },
    tooMany: { title: 'Too many requests', text: 'Too many requests came from your network. Please wait a minute.' },
    failed: { title: 'Something went wrong', text: 'This is our fault, not yours. Please try again later.' },
    unavailable: {
      title: 'We will be back in a moment',
      text: 'The shop cannot be reached just now. Please try again.',
    },
    moved: { title: 'Go on on another page', text: 'This page sends you on.' },
    requestId: (id: string) => `If it goes on, tell us this number: ${id}`,
    home: 'To your account',
  },
  signIn: {
    title: 'Sign in',
    email: 'E-mail address',
    password: 'Password',
    button: 'Sign in',
    emailMissing: 'Enter your e-mail address.',
    passwordMissing: 'Enter your password.',
    refused: 'The e-mail address or the password is wrong, or the address is not confirmed yet.',
    blocked: (seconds: number) => `Too many attempts to sign in. Please wait ${wait('en', seconds)}.`,
    /** Why somebody is at the sign-in, by the query of its address. */
    events: {
      out: 'You are signed out.',
      password: 'Your password is changed. Sign in with it.',
      confirmed: 'Your address is confirmed. You can sign in now.',
      deleted: 'Your account is deleted.',
    } as Readonly<Record<string, string>>,
  },
  code: {
    title: 'Confirm that it is you',
    intro: 'Your account is protected by a second factor. Enter a code to go on.',
    sent: 'A code is on its way to your e-mail address.',
    label: 'Code',
    hints: {
      email: 'From the mail that we sent you.',
      totp: 'From your authenticator app.',
    } as Readonly<Record<string, string>>,
    over: 'The code of the mail is not good any more. Ask for a new one.',
    lockedUntil: (at: string) => `Too many wrong codes: codes are locked for your account until ${at}.`,
    attemptsLeft: (count: number) =>
      count === 1
        ? 'One attempt is left, then codes are locked.'
        : `${count} attempts are left, then codes are locked.`,
    recoveryLabel: 'Recovery code',
    recoveryHint: 'One of the codes that you printed or stored. Each is good once.',
    useRecovery: 'Use a recovery code',
    use: (name: string) => `Use: ${name}`,
    cancel: 'Cancel',
    button: 'Continue',
    send: 'Send me a code by e-mail',
    sendAgain: 'Send a new code',
  },
  overview: {
    title: 'Your account',
    signedInAs: (email: string) => `You are signed in as ${email}.`,
    protected: 'Your account is protected by a second factor.',
    promptTitle: 'Protect your account with a second factor',
    prompt:
      'Then a stolen password is not enough: orders, addresses, your password and your data can only be changed with a code that you alone get.',
    setUp: 'Set it up',
    manage: 'See your methods',
    noRecoveryCodes: 'You have no recovery codes for the day on which your phone or mailbox is out of reach.',
    requiredFrom: (date: string) => `From ${date} on the shop requires a second factor. Set it up in time.`,
    required: 'The shop requires a second factor. Until you set it up, nothing protected can be changed.',
  },
  mfa: {
    title: 'Second factor',
    intro: 'Each method that is on can confirm that it is you.',
    requiredFirst: 'For what you wanted to do, the shop requires a second factor. Set one up, then try again.',
    status: { 0: 'Off', 1: 'Not finished', 2: 'On' },
    /** Before the name of a method, by its status. */
    open: { 0: 'Set up', 1: 'Finish', 2: 'Change' },
    remaining: (count: number) => (count === 1 ? '1 code is left.' : `${count} codes are left.`),
    activate: 'Turn on',
    restart: 'Begin again',
    verify: 'Confirm',
    deactivate: 'Turn off',
    renew: 'Get new codes',
    renewHint: 'The old codes are void then.',
    deactivateTitle: 'Turn it off',
    deactivateIntro: 'Enter a code of this method, or a recovery code.',
    deactivateBackupIntro: 'Enter a code of any method that is on.',
    stepUpIntro: 'To begin, enter a code of a method that is on.',
    verifyIntro: 'Enter the code to finish.',
    mailSent: 'A code is on its way to your e-mail address. Enter it to finish.',
    qrIntro: 'Scan the picture with your authenticator app, then enter the code that it shows.',
    qrLabel: 'QR code with the secret for your authenticator app',
    secret: 'Or type this secret into the app:',
    codesTitle: 'Your recovery codes',
    codesIntro: 'They are shown once. Print or store them now, away from your phone and mailbox.',
    copy: 'Copy',
    copied: 'Copied.',
    print: 'Print',
    download: 'Download',
    done: 'Back to your methods',
    activated: (name: string) => `${name} is on now.`,
    deactivated: (name: string) => `${name} is off now.`,
    needsOther: 'Recovery codes stand in for another method. Turn on e-mail or an authenticator app first.',
  },
  methods: {
    email: { name: 'Code by e-mail', about: 'We send a code to your e-mail address each time.' },
    totp: {
      name: 'Authenticator app',
      about: 'An app on your phone shows a new code every 30 seconds, also without a network.',
    },
    'recovery-code': {
      name: 'Recovery codes',
      about: 'A list of codes for the day on which your phone and your mailbox are out of reach.',
    },
  } as Readonly<Record<string, { readonly name: string; readonly about: string }>>,
  refusals,
  rules,
  sessions,
  account,
  agent,
  backOffice,
  merchant,
  lists,
};

/** All that pages say, in one language. */
export type Texts = typeof en;
