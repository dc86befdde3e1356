import { ACCOUNT_ERRORS, PASSWORD_ERRORS } from '#auth';
import type { ApiErrorRow } from '#json-api';
import { ACCESS_ERRORS } from '../access/access.errors.js';

/** Errors of customers and their passwords (contract: resources, sections 2.1 and 2.2). */
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
  unauthorized: ACCESS_ERRORS.notCustomer,
  confirmationKeyInvalid: {
    status: 422,
    code: '423',
    detail: 'This email confirmation code is invalid or has been already used.',
  },
} as const satisfies Record<string, ApiErrorRow>;
