import { AGENT_LOGIN_LIMIT } from '#auth';
import { isActing, type PageArea, type PagesOptions } from '#pages';

/** The pages of agents. */
export const AGENT_AREA: PageArea = {
  base: '/agent',
  kind: 'user',
  scopes: ['agent'],
  loginLimit: AGENT_LOGIN_LIMIT,
  signInHint: ({ agent }) => agent.signIn,
  mfaHint: ({ agent }) => agent.mfaHint,
  navigation: ({ texts: { layout, agent } }) => [
    { path: '/agent', label: layout.overview },
    { path: '/agent/customers', label: agent.customers.title },
    { path: '/agent/mfa', label: layout.mfa },
    { path: '/agent/sessions', label: layout.sessions },
  ],
};

/** The pages of customers, and of agents who act for them. */
export const CUSTOMER_AREA: PageArea = {
  base: '/account',
  kind: 'customer',
  scopes: ['customer'],
  agents: AGENT_AREA,
  navigation: ({ texts: { layout, account }, session }) => [
    { path: '/account', label: layout.overview },
    { path: '/account/profile', label: account.navigation.profile },
    { path: '/account/addresses', label: account.navigation.addresses },
    // an agent who acts for the customer has a password, methods and sessions of the own account
    ...(isActing(session)
      ? []
      : [
          { path: '/account/password', label: account.navigation.password },
          { path: '/account/mfa', label: layout.mfa },
          { path: '/account/sessions', label: layout.sessions },
        ]),
  ],
  signInLinks: ({ account }) => [{ path: '/account/register', label: account.registration.link }],
};

export const storefrontPages = (settings: PagesOptions['settings']): PagesOptions => ({
  settings,
  areas: [CUSTOMER_AREA, AGENT_AREA],
});
