/** The texts of the Merchant Portal. */
export const merchant = {
  name: 'Merchant Portal',
  signIn: 'For users and agents of merchants.',
};
