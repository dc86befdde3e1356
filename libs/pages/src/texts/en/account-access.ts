/** The texts of the pages on which customers get an account, or back into it. */
export const accountAccess = {
  registration: {
    title: 'Create an account',
    link: 'Create an account',
    email: 'E-mail address',
    password: 'Password',
    repeat: 'Password again',
    terms: 'I accept the terms of the shop.',
    button: 'Create the account',
    sentTitle: 'Look into your mailbox',
    sent: 'We have sent you a mail. Open its link to confirm your address; then you can sign in.',
    sentHint:
      'Nothing there? Look among the spam. If you have an account with this address already, the mail helps you to a new password.',
    signIn: 'To the sign-in',
  },
  key: {
    label: 'Key of the mail',
    hint: 'It stands in the mail, below the link.',
    invalid: 'This key is wrong, was used already, or is too old. Ask for a new mail.',
  },
  confirmation: {
    title: 'Confirm your e-mail address',
    intro: 'You have registered with this address. Confirm it, and you can sign in.',
    button: 'Confirm',
  },
  forgotten: {
    title: 'Forgotten password',
    link: 'Forgotten your password?',
    intro: 'Tell us your e-mail address. We send you a mail with which you choose a new password.',
    email: 'E-mail address',
    button: 'Send the mail',
    sentTitle: 'Look into your mailbox',
    sent: 'If there is an account with this address, a mail is on its way. Its link is good for an hour.',
  },
  newPassword: {
    title: 'Choose a new password',
    intro: 'The new password ends all sessions of your account.',
    button: 'Set the password',
  },
};
