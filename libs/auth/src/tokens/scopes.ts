import type { Audience, Credentials } from '../accounts/account.js';

/** What a token may be used for (contract: resources, sections 1.1, 1.6 and 1.7). */
export type Scope =
  | 'customer'
  | 'customer_impersonation'
  | 'agent'
  | 'user'
  | 'back-office-user'
  | 'warehouse-user'
  | 'merchant-user'
  | 'warehouse';

/** The scope of tokens that represent a warehouse. */
export const WAREHOUSE_SCOPE = 'warehouse' satisfies Scope;

/** The roles that a user can have (contract: resources, section 1.7). */
export const ROLES = ['back-office', 'administrator', 'agent', 'warehouse', 'merchant', 'merchant-agent'] as const;

export type Role = (typeof ROLES)[number];

/** The role that may manage other users and their second factors. */
export const ADMINISTRATOR_ROLE = 'administrator' satisfies Role;

/** The role that may act for customers. */
export const AGENT_ROLE = 'agent' satisfies Role;

const SCOPE_OF_ROLE: Readonly<Record<Role, Scope>> = {
  'back-office': 'back-office-user',
  [ADMINISTRATOR_ROLE]: 'back-office-user',
  [AGENT_ROLE]: 'back-office-user',
  warehouse: 'warehouse-user',
  merchant: 'merchant-user',
  'merchant-agent': 'merchant-user',
};

/** The data from which the scopes of a token are derived. */
export interface ScopeBearer extends Pick<Credentials, 'kind' | 'roles'> {
  /** Set if an agent acts for the customer. */
  readonly agentId?: string | null;
}

/**
 * Storefront: a customer's scopes, or `agent`. Backend: `user`, and a scope for each kind of role.
 *
 * @returns an empty list if the user may not use the app
 */
export function scopesOf({ kind, roles, agentId }: ScopeBearer, audience: Audience): readonly Scope[] {
  if (kind === 'customer') return agentId ? ['customer_impersonation', 'customer'] : ['customer'];
  if (audience === 'storefront') return roles.includes(AGENT_ROLE) ? ['agent'] : [];
  const byRole = roles.flatMap((role) => (isRole(role) ? SCOPE_OF_ROLE[role] : []));
  return byRole.length > 0 ? [...new Set<Scope>(['user', ...byRole])] : [];
}

function isRole(name: string): name is Role {
  return ROLES.some((role) => role === name);
}
