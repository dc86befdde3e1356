import { applyDecorators, SetMetadata } from '@nestjs/common';
import { AUTH_ERRORS } from '#auth';
import { ApiRoute, type ApiErrorRow, type RouteDocumentation, type RouteChecks } from '#json-api';
import { Protected, MFA_RESPONSES } from '#mfa';
import { CLIENT_LIMIT_ERROR, LimitedByClient, PUBLIC } from '#platform';
import { BACKEND_ERRORS } from '../backend-errors.js';

/**
 * Who may call a route: everybody; whoever has a token, a warehouse's too; warehouse users and Back Office users; Back
 * Office users; administrators (contract: resources, section 1.7).
 */
export type Access = 'public' | 'account' | 'warehouse' | 'back-office' | 'administrator';

/** Metadata key of who may call a route. */
export const ACCESS = Symbol('ACCESS');

/**
 * How a route is protected: unless the configuration names another list, whatever it names, or so that whoever has no
 * active method is refused as well (contract: MFA, section 3).
 */
type RouteProtection = 'listed' | 'by-policy' | 'always';

/** What a route needs and what it answers; all of it but `access`, `mfa` and `limited` is documentation, and `listed` is too. */
export interface RouteOptions extends RouteDocumentation {
  readonly access: Access;
  /** Without it the route is open, or the configured list names its resource. */
  readonly mfa?: RouteProtection;
  /** Each client address has an allowance of such requests. */
  readonly limited?: boolean;
}

const { unauthorized, missingAccessToken, forbidden, unsupportedAccept } = BACKEND_ERRORS;

/** In front of all else, before the body is read. */
const CLIENT_LIMIT: RouteChecks = { errors: [CLIENT_LIMIT_ERROR] };

/** Tokens that a request has are judged on every route, also on public ones. */
const TOKENS: RouteChecks = { errors: [missingAccessToken, AUTH_ERRORS.invalidAccessToken] };

/** Routes that answer JSON:API documents judge the `Accept` header too. */
const DOCUMENTS: RouteChecks = { errors: [unsupportedAccept] };

const FOR_SOME: RouteChecks = { bearer: true, errors: [unauthorized, forbidden] };

const ACCESS_CHECKS: Readonly<Record<Access, RouteChecks>> = {
  public: { errors: [] },
  account: { bearer: true, errors: [unauthorized] },
  warehouse: FOR_SOME,
  'back-office': FOR_SOME,
  administrator: FOR_SOME,
};

/** How routes of libraries refuse that are for whoever has a token, for their documentation. */
export const ACCOUNT_REFUSALS: readonly ApiErrorRow[] = [TOKENS, ACCESS_CHECKS.account, DOCUMENTS].flatMap(
  ({ errors }) => errors,
);

/** The one decorator of a route: who may call it, whether it needs a second factor, and its documentation. */
export function Route({ access, mfa, limited = false, ...documentation }: RouteOptions): MethodDecorator {
  const { answer } = documentation;
  const isPlain = answer !== undefined && 'body' in answer;
  const checks = [
    ...(limited ? [CLIENT_LIMIT] : []),
    ...[TOKENS, ACCESS_CHECKS[access]],
    ...(isPlain ? [] : [DOCUMENTS]),
    ...(mfa ? [MFA_RESPONSES] : []),
  ];
  return applyDecorators(
    SetMetadata(ACCESS, access),
    SetMetadata(PUBLIC, access === 'public'),
    ...(limited ? [LimitedByClient()] : []),
    ...(mfa && mfa !== 'listed' ? [Protected(mfa)] : []),
    ApiRoute(documentation, checks),
  );
}
