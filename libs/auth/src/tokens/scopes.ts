import type { Credentials } from '../accounts/account.js';

/** What a token may be used for (contract: resources, sections 1.1, 1.6 and 1.7). */
export type Scope = 'customer' | 'user' | 'back-office-user' | 'warehouse-user' | 'merchant-user';

const SCOPE_OF_ROLE: Readonly<Record<string, Scope>> = {
  'back-office': 'back-office-user',
  administrator: 'back-office-user',
  agent: 'back-office-user',
  warehouse: 'warehouse-user',
  merchant: 'merchant-user',
  'merchant-agent': 'merchant-user',
};

/** A customer's scope, or `user` and a scope for each kind of role; none for a user without a known role. */
export function scopesOf({ kind, roles }: Pick<Credentials, 'kind' | 'roles'>): readonly Scope[] {
  if (kind === 'customer') return ['customer'];
  const byRole = roles.flatMap((role) => SCOPE_OF_ROLE[role] ?? []);
  return byRole.length > 0 ? [...new Set<Scope>(['user', ...byRole])] : [];
}
