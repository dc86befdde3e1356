import { areaRoutes } from '#testing';

const [BACK_OFFICE, MERCHANT] = [areaRoutes('/back-office'), areaRoutes('/merchant')];

/** Whom a route is for; the words are those of `Access` in the app. */
type Access = 'public' | 'account' | 'warehouse' | 'back-office' | 'administrator';

/** A caller with MFA needs a code: never; for this route; and a caller without MFA is refused as well. */
type Protection = 'open' | 'protected' | 'needs-mfa';

export interface RouteRow {
  /** Such as `GET /users/:id`. */
  readonly route: string;
  readonly access: Access;
  readonly protection: Protection;
}

const row =
  (access: Access, protection: Protection = 'open') =>
  (route: string): RouteRow => ({ route, access, protection });

/** Pages for everybody, and what they are made of. */
const OPEN_PAGES = ['GET /', 'GET /user-restore-password', 'GET /assets/:file', ...BACK_OFFICE.open, ...MERCHANT.open];

const page = (access: Access) => (route: string) => row(access)(route.replace(' ', ' /back-office'));

/** The pages of the Back Office that are not for everybody who signs in there. */
export const BACK_OFFICE_PAGES: readonly RouteRow[] = [
  ...['GET /assignments', 'GET /assignments/:id', 'POST /assignments/:id'].map(page('warehouse')),
  ...[
    'GET /assignments/new',
    'POST /assignments/new',
    'GET /assignments/:id/delete',
    'POST /assignments/:id/delete',
    'GET /customers',
    'GET /customers/:reference',
    'GET /profile',
    'POST /profile',
    'GET /profile/password',
    'POST /profile/password',
  ].map(page('back-office')),
  ...[
    'GET /customers/:publicId/remove-mfa',
    'POST /customers/:publicId/remove-mfa',
    'GET /customers/:publicId/remove-mfa/:type',
    'POST /customers/:publicId/remove-mfa/:type',
    'GET /users',
    'GET /users/new',
    'POST /users/new',
    'GET /users/:id',
    'POST /users/:id',
    'GET /users/:id/deactivate',
    'POST /users/:id/deactivate',
    'GET /users/:publicId/remove-mfa',
    'POST /users/:publicId/remove-mfa',
    'GET /users/:publicId/remove-mfa/:type',
    'POST /users/:publicId/remove-mfa/:type',
    'GET /audit',
    'GET /audit/export',
    'GET /audit/:id',
    'GET /policies',
    'GET /policies/new',
    'POST /policies/new',
    'GET /policies/:id',
    'POST /policies/:id',
    'GET /policies/:id/delete',
    'POST /policies/:id/delete',
  ].map(page('administrator')),
];

/** Pages for whoever has a session of them. */
export const OWN_PAGES = [
  ...BACK_OFFICE.own,
  ...BACK_OFFICE_PAGES.map(({ route }) => route),
  ...[
    ...MERCHANT.own,
    'GET /merchant/profile',
    'POST /merchant/profile',
    'GET /merchant/profile/password',
    'POST /merchant/profile/password',
  ],
];

export const PAGES = [...OPEN_PAGES, ...OWN_PAGES];

/** Every route of the API, and what it asks of a caller. A new route is a line here, or a test fails. */
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
    'GET /.well-known/jwks.json',
    'POST /token',
    'POST /user-forgotten-password',
    'PATCH /user-restore-password',
    'PATCH /user-restore-password/:id',
  ].map(row('public')),
  // whoever has a token, also that of a warehouse
  ...[
    'GET /multi-factor-auth-types',
    'POST /multi-factor-auth-type-activate',
    'POST /multi-factor-auth-type-verify',
    'POST /multi-factor-auth-trigger',
    'POST /multi-factor-auth-type-deactivate',
  ].map(row('account')),
  // warehouse users and Back Office users
  ...['GET /warehouse-user-assignments', 'GET /warehouse-user-assignments/:id', 'POST /warehouse-tokens'].map(
    row('warehouse'),
  ),
  // the same, with a code where MFA is on
  ...['PATCH /warehouse-user-assignments', 'PATCH /warehouse-user-assignments/:id'].map(row('warehouse', 'protected')),
  // Back Office users
  ...['GET /users/mine', 'GET /customers', 'GET /customers/:id'].map(row('back-office')),
  // the same, with a code where MFA is on
  ...[
    'POST /warehouse-user-assignments',
    'DELETE /warehouse-user-assignments',
    'DELETE /warehouse-user-assignments/:id',
    'PATCH /users/mine',
  ].map(row('back-office', 'protected')),
  // administrators
  ...[
    'GET /users',
    'GET /users/:id',
    'GET /customers/:reference/multi-factor-auth-types',
    'GET /users/:uuid/multi-factor-auth-types',
    'GET /mfa-policies',
    'GET /mfa-policies/:id',
    'GET /audit-events',
    'GET /audit-events/:id',
  ].map(row('administrator')),
  // the same, with a code, and nobody without MFA
  ...[
    'POST /users',
    'PATCH /users',
    'PATCH /users/:id',
    'DELETE /users',
    'DELETE /users/:id',
    'POST /mfa-policies',
    'PATCH /mfa-policies',
    'PATCH /mfa-policies/:id',
    'DELETE /mfa-policies',
    'DELETE /mfa-policies/:id',
    'DELETE /customers/:reference/multi-factor-auth-types',
    'DELETE /customers/:reference/multi-factor-auth-types/:type',
    'DELETE /users/:uuid/multi-factor-auth-types',
    'DELETE /users/:uuid/multi-factor-auth-types/:type',
  ].map(row('administrator', 'needs-mfa')),
];

/** Who calls: a user by the role, or a warehouse by its token, which stands for no account. */
export const KINDS = [
  'administrator',
  'back-office',
  'agent',
  'warehouse',
  'merchant',
  'merchant-agent',
  'warehouse-token',
] as const;

export type Kind = (typeof KINDS)[number];

/** Who reaches which routes. */
export const REACHED_BY: Readonly<Record<Access, readonly Kind[]>> = {
  public: KINDS,
  account: KINDS,
  warehouse: ['administrator', 'back-office', 'agent', 'warehouse'],
  'back-office': ['administrator', 'back-office', 'agent'],
  administrator: ['administrator'],
};

/** The five endpoints have rules of their own about codes. */
export function isMfaEndpoint({ route }: RouteRow): boolean {
  return /^[A-Z]+ \/multi-factor-auth-/.test(route);
}
