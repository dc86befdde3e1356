import type { Type } from '@nestjs/common';
import { ADMINISTRATOR_ROLE, AUTH_ERRORS, type Principal } from '#auth';
import { ACCESS, accessControl, type AccessRule } from '#http';
import { ApiException } from '#json-api';
import { BACKEND_ERRORS } from '../backend-errors.js';

const { unauthorized, missingAccessToken, forbidden, unsupportedAccept } = BACKEND_ERRORS;

const isBackOffice = ({ scopes }: Principal): boolean => scopes.includes('back-office-user');

/** Who may call the routes of each access. */
const CALLERS = {
  account: () => true,
  warehouse: (principal) => isBackOffice(principal) || principal.scopes.includes('warehouse-user'),
  'back-office': isBackOffice,
  administrator: (principal) =>
    isBackOffice(principal) && principal.session?.roles.includes(ADMINISTRATOR_ROLE) === true,
} as const satisfies Record<string, (principal: Principal) => boolean>;

const onlyIf = (isAllowed: (principal: Principal) => boolean): AccessRule => ({
  security: ['bearer'],
  errors: [unauthorized, forbidden],
  check: ({ user }) => {
    if (!user || !isAllowed(user)) throw new ApiException(forbidden);
  },
});

/**
 * Who may call a route (contract: resources, section 1.7). `account`: anybody with a token, even a warehouse's;
 * `warehouse`: warehouse users and Back Office users; `back-office`, the default: Back Office users; `administrator`:
 * administrators.
 */
export const { Route, AccessGuard, refusalsOf } = accessControl({
  rules: {
    account: { ...onlyIf(CALLERS.account), errors: [unauthorized] },
    warehouse: onlyIf(CALLERS.warehouse),
    'back-office': onlyIf(CALLERS['back-office']),
    administrator: onlyIf(CALLERS.administrator),
  },
  fallback: 'back-office',
  mfaEndpoints: 'account',
  tokens: { errors: [missingAccessToken, AUTH_ERRORS.invalidAccessToken] },
  documents: { errors: [unsupportedAccept] },
});

/** A route of the API by its controller and the name of its handler. */
export type ApiRoute<Controller extends object = object> = readonly [
  controller: Type<Controller>,
  handler: keyof Controller,
];

/** Whether the guard lets somebody call a route of the API: for what does the same in another way. */
export function mayCall<Controller extends object>(
  principal: Principal,
  ...[controller, handler]: ApiRoute<Controller>
): boolean {
  const access = Reflect.getMetadata(ACCESS, controller.prototype[handler]) as keyof typeof CALLERS | undefined;
  return access !== undefined && Object.hasOwn(CALLERS, access) && CALLERS[access](principal);
}
