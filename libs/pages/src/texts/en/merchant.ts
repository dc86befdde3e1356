/** The texts of the Merchant Portal. */
export const merchant = {
  name: 'Merchant Portal',
  signIn: 'For users and agents of merchants.',
  profile: {
    title: 'Profile',
    email: 'E-mail address',
    emailHint: 'You sign in with it, and codes go to it. An administrator of the Back Office can change it.',
    firstName: 'First name',
    lastName: 'Last name',
    locale: 'Language of pages and mails',
    locales: { en_US: 'English', de_DE: 'Deutsch' } as Readonly<Record<string, string>>,
    button: 'Save',
    saved: 'Your profile is saved.',
    gone: 'This account does not exist any more.',
  },
};
