/** The texts of agents' pages, and of the pages of customers for whom they act. */
export const agent = {
  signIn: 'For agents who act for customers.',
  mfaHint: 'This is the same account as in the Back Office: a method that you turn on here is asked for there as well.',
  overview: { customers: 'Find a customer', customersIntro: 'Find the customer that you want to act for.' },
  customers: {
    title: 'Customers',
    query: 'Reference, e-mail address or name',
    hint: 'A part of it; fewer than three characters find its beginning. Leave it empty to see all.',
    button: 'Search',
    foundMore: (most: number) => `More than ${most} customers. Search for more of the name.`,
    columns: { reference: 'Reference', name: 'Name', email: 'E-mail address' },
    actFor: (reference: string) => `Act for ${reference}`,
  },
  act: {
    title: 'Act for a customer',
    intro: 'You see and change what this customer can, on the same pages. What you do is recorded with your name.',
    codes: 'Where a code is asked for, it is one of your own methods. It ends when you sign out.',
    button: 'Act for this customer',
    back: 'Back to the search',
    failed: 'Nobody can act for this customer: the e-mail address is not confirmed, or the account was deleted.',
  },
  acting: {
    title: 'You act for a customer',
    banner: (email: string, reference: string) => `You act for ${email} (${reference}).`,
    end: 'End',
  },
};
