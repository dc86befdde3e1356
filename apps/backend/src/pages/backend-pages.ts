import type { PageArea, PagesOptions } from '#pages';

/** The pages of Back Office users, and of warehouse users for their own account. */
export const BACK_OFFICE_AREA: PageArea = {
  base: '/back-office',
  kind: 'user',
  scopes: ['back-office-user', 'warehouse-user'],
  signInHint: ({ backOffice }) => backOffice.signIn,
  navigation: ({ texts: { layout } }) => [
    { path: '/back-office', label: layout.overview },
    { path: '/back-office/mfa', label: layout.mfa },
    { path: '/back-office/sessions', label: layout.sessions },
  ],
};

/** The pages of merchant users and merchant agents. */
export const MERCHANT_AREA: PageArea = {
  base: '/merchant',
  kind: 'user',
  scopes: ['merchant-user'],
  signInHint: ({ merchant }) => merchant.signIn,
  navigation: ({ texts: { layout, merchant } }) => [
    { path: '/merchant', label: layout.overview },
    { path: '/merchant/profile', label: merchant.profile.title },
    { path: '/merchant/mfa', label: layout.mfa },
    { path: '/merchant/sessions', label: layout.sessions },
  ],
};

export const backendPages = (settings: PagesOptions['settings']): PagesOptions => ({
  settings,
  areas: [BACK_OFFICE_AREA, MERCHANT_AREA],
});
