import type { PageArea, PagesOptions } from '#pages';

/** The pages of customers, and of agents who act for them. */
export const CUSTOMER_AREA: PageArea = {
  base: '/account',
  kind: 'customer',
  scopes: ['customer'],
  navigation: ({ texts: { layout } }) => [
    { path: '/account', label: layout.overview },
    { path: '/account/mfa', label: layout.mfa },
  ],
};

export const storefrontPages = (settings: PagesOptions['settings']): PagesOptions => ({
  settings,
  areas: [CUSTOMER_AREA],
});
