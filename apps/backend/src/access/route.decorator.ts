import { ADMINISTRATOR_ROLE, AUTH_ERRORS, type Principal } from '#auth';
import { accessControl, type AccessRule } from '#http';
import { ApiException } from '#json-api';
import { BACKEND_ERRORS } from '../backend-errors.js';

const { unauthorized, missingAccessToken, forbidden, unsupportedAccept } = BACKEND_ERRORS;

const isBackOffice = ({ scopes }: Principal): boolean => scopes.includes('back-office-user');

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
    account: { ...onlyIf(() => true), errors: [unauthorized] },
    warehouse: onlyIf((principal) => isBackOffice(principal) || principal.scopes.includes('warehouse-user')),
    'back-office': onlyIf(isBackOffice),
    administrator: onlyIf(
      (principal) => isBackOffice(principal) && principal.session?.roles.includes(ADMINISTRATOR_ROLE) === true,
    ),
  },
  fallback: 'back-office',
  mfaEndpoints: 'account',
  tokens: { errors: [missingAccessToken, AUTH_ERRORS.invalidAccessToken] },
  documents: { errors: [unsupportedAccept] },
});
