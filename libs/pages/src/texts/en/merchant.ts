/** The texts of the Merchant Portal. */
export const merchant = {
  signIn: 'For users and agents of merchants.',
};
