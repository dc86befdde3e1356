import type { PageArea, PagesOptions } from '#pages';
import { BACK_OFFICE_AREA } from './back-office/back-office-area.js';

/** The pages of merchant users and merchant agents. */
export const MERCHANT_AREA: PageArea = {
  base: '/merchant',
  kind: 'user',
  scopes: ['merchant-user'],
  signInHint: ({ merchant }) => merchant.signIn,
  signInLinks: ({ backOffice }) => [{ path: '/back-office/sign-in', label: backOffice.name }],
  navigation: ({ texts: { layout, backOffice } }) => [
    { path: '/merchant', label: layout.overview },
    { path: '/merchant/profile', label: backOffice.profile.title },
    { path: '/merchant/mfa', label: layout.mfa },
    { path: '/merchant/sessions', label: layout.sessions },
  ],
};

export const backendPages = (settings: PagesOptions['settings']): PagesOptions => ({
  settings,
  areas: [BACK_OFFICE_AREA, MERCHANT_AREA],
});
