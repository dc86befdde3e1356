import type { ApiErrorRow } from '#json-api';

/** Errors of the resource `customer-password` (contract: resources, section 2.1). */
export const CUSTOMER_PASSWORD_ERRORS = {
  notIdentical: {
    status: 422,
    code: '406',
    detail: 'Value in field newPassword should be identical to value in the confirmPassword field.',
  },
  wrongPassword: { status: 400, code: '408', detail: 'Invalid password' },
  unauthorized: { status: 403, code: '411', detail: 'Unauthorized request.' },
  sameCharacterSequence: {
    status: 400,
    code: '421',
    detail: 'The password contains sequence of the same character.',
  },
  commonPassword: { status: 400, code: '422', detail: 'The password is listed as common.' },
} as const satisfies Record<string, ApiErrorRow>;
