import { areaRoutes } from '#testing';

const [ACCOUNT, AGENT] = [areaRoutes('/account'), areaRoutes('/agent')];

/** Whom a route is for; the words are those of `Access` in the app. */
type Access =
  'public' | 'customer' | 'guest' | 'customer-or-guest' | 'agent' | 'account' | 'page' | 'agent-page' | 'open-page';

export interface RouteRow {
  readonly method: string;
  readonly path: string;
  readonly access: Access;
  /** A customer or agent with MFA needs a code. */
  readonly isProtected: boolean;
}

const row =
  (access: Access, isProtected = false) =>
  (route: string): RouteRow =>
    rowOf(route, access, isProtected);

/** Every route of the app, and what it asks of a caller. A new route is a line here, or a test fails. */
export const ROUTES: readonly RouteRow[] = [
  // no token is asked for
  ...[
    'GET /docs/swagger-ui-init.js',
    'GET /docs/docs/swagger-ui-init.js',
    'GET /docs',
    'GET /docs/index.html',
    'GET /docs/LICENSE',
    'GET /docs/openapi.json',
    'GET /health',
    'GET /health/ready',
    'GET /customer-confirmation',
    'POST /customer-confirmation',
    'GET /customer-restore-password',
    'PATCH /customer-restore-password',
    'POST /access-tokens',
    'POST /refresh-tokens',
    'POST /token',
    'GET /.well-known/jwks.json',
    'POST /customer-forgotten-password',
    'PATCH /customer-restore-password/:id',
    'GET /checkout',
    'POST /agent-access-tokens',
  ].map(row('public')),
  // no token is asked for; whoever sends one is asked for a code where MFA is on
  ...['POST /customers'].map(row('public', true)),
  // pages for everybody, and what they are made of
  ...[
    ...['GET /assets/:file', ...ACCOUNT.open, ...AGENT.open, 'GET /account/register', 'POST /account/register'],
    ...['GET /account/confirm', 'POST /account/confirm'],
  ].map(row('open-page')),
  // customers with a session of pages; those of the second step with one that awaits it
  ...[
    ...[...ACCOUNT.own, 'GET /account/password', 'POST /account/password'],
    ...['GET /account/profile', 'POST /account/profile', 'GET /account/email', 'POST /account/email'],
    ...['GET /account/addresses', 'GET /account/addresses/new', 'POST /account/addresses/new'],
    ...['GET /account/addresses/:id', 'POST /account/addresses/:id'],
    ...['GET /account/addresses/:id/delete', 'POST /account/addresses/:id/delete'],
    ...['GET /account/delete', 'POST /account/delete'],
  ].map(row('page')),
  // agents with a session of pages, likewise
  ...[...AGENT.own, 'GET /agent/customers', 'GET /agent/customers/:reference', 'POST /agent/customers/:reference'].map(
    row('agent-page'),
  ),
  // whoever has a token
  ...[
    'DELETE /refresh-tokens',
    'DELETE /refresh-tokens/:id',
    'GET /multi-factor-auth-types',
    'POST /multi-factor-auth-type-activate',
    'POST /multi-factor-auth-type-verify',
    'POST /multi-factor-auth-trigger',
    'POST /multi-factor-auth-type-deactivate',
  ].map(row('account')),
  // customers
  ...[
    'GET /customers',
    'GET /customers/:id',
    'GET /customers/:customerReference/addresses',
    'GET /customers/:customerReference/addresses/:id',
    'GET /carts',
    'GET /carts/:id',
    'GET /customers/:customerReference/carts',
    'POST /carts/:cartId/items',
    'PATCH /carts/:cartId/items',
    'DELETE /carts/:cartId/items',
    'PATCH /carts/:cartId/items/:id',
    'DELETE /carts/:cartId/items/:id',
    'GET /orders',
    'GET /orders/:id',
    'GET /customers/:customerReference/orders',
    'POST /company-user-access-tokens',
  ].map(row('customer')),
  // customers, with a code where MFA is on
  ...[
    'PATCH /customers',
    'DELETE /customers',
    'PATCH /customers/:id',
    'DELETE /customers/:id',
    'PATCH /customer-password',
    'PATCH /customer-password/:id',
    'POST /customers/:customerReference/addresses',
    'PATCH /customers/:customerReference/addresses',
    'DELETE /customers/:customerReference/addresses',
    'PATCH /customers/:customerReference/addresses/:id',
    'DELETE /customers/:customerReference/addresses/:id',
    'POST /carts',
    'PATCH /carts',
    'DELETE /carts',
    'PATCH /carts/:id',
    'DELETE /carts/:id',
  ].map(row('customer', true)),
  // customers or guests
  ...['POST /checkout-data'].map(row('customer-or-guest')),
  // customers, with a code where MFA is on, or guests
  ...['POST /checkout', 'POST /order-payments'].map(row('customer-or-guest', true)),
  // guests
  ...[
    'GET /guest-carts',
    'PATCH /guest-carts',
    'GET /guest-carts/:id',
    'PATCH /guest-carts/:id',
    'POST /guest-cart-items',
    'POST /guest-carts/:cartId/guest-cart-items',
    'PATCH /guest-carts/:cartId/guest-cart-items',
    'DELETE /guest-carts/:cartId/guest-cart-items',
    'PATCH /guest-carts/:cartId/guest-cart-items/:id',
    'DELETE /guest-carts/:cartId/guest-cart-items/:id',
  ].map(row('guest')),
  // agents
  ...['POST /agent-customer-impersonation-access-tokens', 'GET /agent-customer-search'].map(row('agent')),
];

/** The five endpoints have rules of their own about codes. */
export function isMfaEndpoint(path: string): boolean {
  return path.startsWith('/multi-factor-auth-');
}

function rowOf(route: string, access: Access, isProtected: boolean): RouteRow {
  const [method = '', path = ''] = route.split(' ');
  return { method, path, access, isProtected };
}
