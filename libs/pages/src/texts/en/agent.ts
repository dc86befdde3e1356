/** The texts of agents' pages. */
export const agent = {
  signIn: 'For agents who act for customers.',
};
