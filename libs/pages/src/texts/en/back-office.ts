/** The texts of the Back Office. */
export const backOffice = {
  signIn: 'For users of the Back Office and of warehouses.',
};
