import type { PasswordWeakness } from '#auth';
import type { ApiErrorRow } from '#json-api';

/** Errors of customers and all that belongs to their accounts (contract: resources, sections 2.1 to 2.3). */
export const CUSTOMER_ERRORS = {
  emailTaken: {
    status: 422,
    code: '400',
    detail:
      'If this email address is already in use, you will receive a password reset link. Otherwise you must first validate your e-mail address to finish registration. Please check your e-mail.',
  },
  registrationFailed: { status: 500, code: '401', detail: "Can't register a customer.", level: 'error' },
  notFound: { status: 404, code: '402', detail: 'Customer not found.' },
  addressNotFound: { status: 404, code: '404', detail: 'Address was not found.' },
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
  addressNotSaved: { status: 400, code: '409', detail: 'Failed to save customer address.' },
  unauthorized: { status: 403, code: '411', detail: 'Unauthorized request.' },
  restoreKeyInvalid: { status: 422, code: '415', detail: 'Restore password key is not valid.' },
  sameCharacterSequence: {
    status: 400,
    code: '421',
    detail: 'The password contains sequence of the same character.',
  },
  commonPassword: { status: 400, code: '422', detail: 'The password is listed as common.' },
  confirmationKeyInvalid: {
    status: 422,
    code: '423',
    detail: 'This email confirmation code is invalid or has been already used.',
  },
} as const satisfies Record<string, ApiErrorRow>;

/** The answer to a well-formed password that is a bad choice all the same. */
export const WEAKNESS_ERRORS = {
  'same-character-sequence': CUSTOMER_ERRORS.sameCharacterSequence,
  common: CUSTOMER_ERRORS.commonPassword,
} as const satisfies Record<PasswordWeakness, ApiErrorRow>;
