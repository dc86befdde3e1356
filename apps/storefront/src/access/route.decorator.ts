import { applyDecorators, SetMetadata } from '@nestjs/common';
import { AUTH_ERRORS } from '#auth';
import { ApiRoute, type ApiErrorRow, type RouteDocumentation, type RouteChecks } from '#json-api';
import { MFA_RESPONSES } from '#mfa';
import { CLIENT_LIMIT_ERROR, LimitedByClient, PUBLIC } from '#platform';
import { ACCESS_ERRORS } from './access.errors.js';

/**
 * Who may call a route: everybody; a customer by token; a guest by `X-Anonymous-Customer-Unique-Id`; either of the two;
 * an agent by one of the two headers; whoever has a token.
 */
export type Access = 'public' | 'customer' | 'guest' | 'customer-or-guest' | 'agent' | 'account';

/** Metadata key of who may call a route. */
export const ACCESS = Symbol('ACCESS');

/** What a route needs and what it answers; all of it but `access` and `limited` is documentation. */
export interface RouteOptions extends RouteDocumentation {
  readonly access: Access;
  /** The writes of this resource are protected unless the configuration says otherwise. */
  readonly mfa?: boolean;
  /** Each client address has an allowance of such requests. */
  readonly limited?: boolean;
}

const PUBLIC_ACCESS: ReadonlySet<Access> = new Set(['public', 'guest', 'customer-or-guest', 'agent']);

const { invalidAccessToken, missingAccessToken, invalidAgentToken, agentOnly, twoIdentities } = AUTH_ERRORS;

const GUEST = { example: '6a1c0d1e-3a53-4b2c-9d0f-7f3c1b9e5a42' };

/** In front of all else, before the body is read. */
const CLIENT_LIMIT: RouteChecks = { errors: [CLIENT_LIMIT_ERROR] };

/** Tokens that a request has are judged on every route, also on public ones. */
const TOKENS: RouteChecks = { errors: [twoIdentities, invalidAgentToken, invalidAccessToken] };

const ACCESS_CHECKS: Readonly<Record<Access, RouteChecks>> = {
  public: { errors: [] },
  customer: { bearer: true, errors: [missingAccessToken, ACCESS_ERRORS.notCustomer] },
  guest: {
    headers: { 'X-Anonymous-Customer-Unique-Id': { ...GUEST, required: true } },
    errors: [ACCESS_ERRORS.missingGuestId],
  },
  'customer-or-guest': {
    bearer: true,
    headers: { 'X-Anonymous-Customer-Unique-Id': GUEST },
    errors: [missingAccessToken, ACCESS_ERRORS.notCustomer],
  },
  agent: {
    bearer: true,
    headers: { 'X-Agent-Authorization': { example: 'Bearer <agent token>' } },
    errors: [agentOnly],
  },
  account: { bearer: true, errors: [missingAccessToken] },
};

/** How routes of libraries refuse that are for whoever has a token, for their documentation. */
export const ACCOUNT_REFUSALS: readonly ApiErrorRow[] = [TOKENS, ACCESS_CHECKS.account].flatMap(({ errors }) => errors);

/** The one decorator of a route: who may call it, and its documentation. */
export function Route({ access, mfa = false, limited = false, ...documentation }: RouteOptions): MethodDecorator {
  return applyDecorators(
    SetMetadata(ACCESS, access),
    SetMetadata(PUBLIC, PUBLIC_ACCESS.has(access)),
    ...(limited ? [LimitedByClient()] : []),
    ApiRoute(documentation, [
      ...(limited ? [CLIENT_LIMIT] : []),
      ...[TOKENS, ACCESS_CHECKS[access]],
      ...(mfa ? [MFA_RESPONSES] : []),
    ]),
  );
}
