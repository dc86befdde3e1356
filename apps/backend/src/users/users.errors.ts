import { violation, type ApiErrorRow } from '#json-api';
import { BACKEND_ERRORS } from '../backend-errors.js';

/** Errors of users; those of their passwords are the ones of customers, too (contract: resources, section 2.1). */
export const USER_ERRORS = {
  notFound: BACKEND_ERRORS.notFound,
  /** What administrators cannot do to themselves: deactivate, give up the role, set a password without the current one. */
  oneself: BACKEND_ERRORS.forbidden,
  /** A change of another user's username or password, where that user has MFA. */
  reasonMissing: violation('reason', 'This field is missing.'),
  usernameTaken: violation('username', 'This value is already used.'),
} as const satisfies Record<string, ApiErrorRow>;
