import { violation, type ApiErrorRow } from '#json-api';
import { BACKEND_ERRORS } from '../backend-errors.js';

/** Errors of users. The errors of their passwords are those of customers (contract: resources, section 2.1). */
export const USER_ERRORS = {
  notFound: BACKEND_ERRORS.notFound,
  /**
   * Administrators cannot deactivate themselves, remove their own role, or set their own password without the current
   * one.
   */
  oneself: BACKEND_ERRORS.forbidden,
  /** For a change of the username or password of another user who has MFA. */
  reasonMissing: violation('reason', 'This field is missing.'),
  usernameTaken: violation('username', 'This value is already used.'),
} as const satisfies Record<string, ApiErrorRow>;
