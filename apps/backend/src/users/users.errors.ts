import type { PasswordWeakness } from '#auth';
import { violation, type ApiErrorRow } from '#json-api';
import { BACKEND_ERRORS } from '../backend-errors.js';

/** Errors of users; those of passwords are the ones of customers (contract: resources, section 2.1). */
export const USER_ERRORS = {
  notFound: BACKEND_ERRORS.notFound,
  /** What administrators cannot do to themselves: deactivate, give up the role, set a password without the current one. */
  oneself: BACKEND_ERRORS.forbidden,
  usernameTaken: violation('username', 'This value is already used.'),
  newPasswordsDiffer: {
    status: 422,
    code: '406',
    detail: 'Value in field newPassword should be identical to value in the confirmPassword field.',
  },
  wrongPassword: { status: 400, code: '408', detail: 'Invalid password' },
  sameCharacterSequence: { status: 400, code: '421', detail: 'The password contains sequence of the same character.' },
  commonPassword: { status: 400, code: '422', detail: 'The password is listed as common.' },
} as const satisfies Record<string, ApiErrorRow>;

/** The answer to a well-formed password that is a bad choice all the same. */
export const WEAKNESS_ERRORS = {
  'same-character-sequence': USER_ERRORS.sameCharacterSequence,
  common: USER_ERRORS.commonPassword,
} as const satisfies Record<PasswordWeakness, ApiErrorRow>;
