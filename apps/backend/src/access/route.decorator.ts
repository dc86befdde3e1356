import { applyDecorators, SetMetadata } from '@nestjs/common';
import { AUTH_ERRORS } from '#auth';
import { ApiRoute, type RouteDocumentation, type RouteGate } from '#json-api';
import { STEP_UP_GATE } from '#mfa';
import { PUBLIC } from '#platform';
import { BACKEND_ERRORS } from '../backend-errors.js';

/**
 * Who may call a route: everybody; whoever has a token, a warehouse's too; warehouse users and Back Office users; Back
 * Office users; administrators (contract: resources, section 1.7).
 */
export type Access = 'public' | 'account' | 'warehouse' | 'back-office' | 'administrator';

/** Metadata key of who may call a route. */
export const ACCESS = Symbol('ACCESS');

/** What a route needs and what it answers; all of it but `access` is documentation. */
export interface RouteOptions extends RouteDocumentation {
  readonly access: Access;
  /** The route is protected: by `@Protected()`, or unless the configuration names another list. */
  readonly mfa?: boolean;
}

const { unauthorized, missingAccessToken, forbidden, unsupportedAccept } = BACKEND_ERRORS;

/** Tokens that a request has are judged on every route, also on public ones. */
const TOKENS: RouteGate = { errors: [missingAccessToken, AUTH_ERRORS.invalidAccessToken] };

/** Routes that answer JSON:API documents judge the `Accept` header too. */
const DOCUMENTS: RouteGate = { errors: [unsupportedAccept] };

const FOR_SOME: RouteGate = { bearer: true, errors: [unauthorized, forbidden] };

const ACCESS_GATES: Readonly<Record<Access, RouteGate>> = {
  public: { errors: [] },
  account: { bearer: true, errors: [unauthorized] },
  warehouse: FOR_SOME,
  'back-office': FOR_SOME,
  administrator: FOR_SOME,
};

/** The one decorator of a route: who may call it, and its documentation. */
export function Route({ access, mfa = false, ...documentation }: RouteOptions): MethodDecorator {
  const { answer } = documentation;
  const isPlain = answer !== undefined && 'body' in answer;
  const gates = [TOKENS, ACCESS_GATES[access], ...(isPlain ? [] : [DOCUMENTS]), ...(mfa ? [STEP_UP_GATE] : [])];
  return applyDecorators(
    SetMetadata(ACCESS, access),
    SetMetadata(PUBLIC, access === 'public'),
    ApiRoute(documentation, gates),
  );
}
