import { ACCOUNT_ERRORS, PASSWORD_ERRORS } from '#auth';
import type { ApiErrorRow } from '#json-api';

/** Errors of customers and all that belongs to their accounts (contract: resources, sections 2.1 to 2.3). */
export const CUSTOMER_ERRORS = {
  ...PASSWORD_ERRORS,
  emailTaken: {
    status: 422,
    code: '400',
    detail:
      'If this email address is already in use, you will receive a password reset link. Otherwise you must first validate your e-mail address to finish registration. Please check your e-mail.',
  },
  emailChangedTooOften: { status: 429, detail: 'The e-mail address was changed too often.', level: 'warn' },
  registrationFailed: {
    status: 500,
    code: '401',
    detail: "Can't register a customer.",
    level: 'error',
  },
  notFound: ACCOUNT_ERRORS.customerNotFound,
  addressNotFound: { status: 404, code: '404', detail: 'Address was not found.' },
  addressNotSaved: { status: 400, code: '409', detail: 'Failed to save customer address.' },
  unauthorized: { status: 403, code: '411', detail: 'Unauthorized request.' },
  confirmationKeyInvalid: {
    status: 422,
    code: '423',
    detail: 'This email confirmation code is invalid or has been already used.',
  },
} as const satisfies Record<string, ApiErrorRow>;

/** 422 / 409 for an address more than a customer may keep. */
export function tooManyAddresses(limit: number): ApiErrorRow {
  const { code } = CUSTOMER_ERRORS.addressNotSaved;
  return { status: 422, code, detail: `No more than ${limit} addresses can be kept. Please delete one first.` };
}
