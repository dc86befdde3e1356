import type { PagesOptions } from '#pages';

/** The pages of customers. */
export const storefrontPages = (settings: PagesOptions['settings']): PagesOptions => ({
  base: '/account',
  settings,
  navigation: ({ layout }) => [
    ['/account', layout.overview],
    ['/account/mfa', layout.mfa],
  ],
});
