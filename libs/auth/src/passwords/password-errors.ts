import type { ApiErrorRow } from '#json-api';
import type { PasswordWeakness } from './password-policy.js';

/** Errors of passwords, the same for customers and users (contract: resources, section 2.1). */
export const PASSWORD_ERRORS = {
  passwordsDiffer: {
    status: 422,
    code: '406',
    detail: 'Value in field password should be identical to value in the confirmPassword field.',
  },
  newPasswordsDiffer: {
    status: 422,
    code: '406',
    detail: 'Value in field newPassword should be identical to value in the confirmPassword field.',
  },
  wrongPassword: { status: 400, code: '408', detail: 'Invalid password' },
  restoreKeyInvalid: { status: 422, code: '415', detail: 'Restore password key is not valid.' },
  sameCharacterSequence: { status: 400, code: '421', detail: 'The password contains sequence of the same character.' },
  commonPassword: { status: 400, code: '422', detail: 'The password is listed as common.' },
} as const satisfies Record<string, ApiErrorRow>;

/** The errors for well-formed but weak passwords. */
export const WEAKNESS_ERRORS = {
  'same-character-sequence': PASSWORD_ERRORS.sameCharacterSequence,
  common: PASSWORD_ERRORS.commonPassword,
} as const satisfies Record<PasswordWeakness, ApiErrorRow>;
