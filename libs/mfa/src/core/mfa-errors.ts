import type { ApiErrorRow } from '#json-api';

/** The name of a refusal in the audit trail. A malformed request leaves no entry. */
export type RefusalEvent = 'refused' | 'blocked';

interface MfaErrorRow extends ApiErrorRow {
  readonly event?: RefusalEvent;
}

/** The reasons for refusing a request about the second factor. The values are fixed by the contract (section 2). */
export const MFA_ERRORS = {
  codeMissing: { status: 403, code: '5900', detail: 'X-MFA-Code header is missing.', event: 'refused' },
  codeInvalid: { status: 403, code: '5901', detail: 'X-MFA-Code is invalid.', level: 'info', event: 'refused' },
  typeMissing: { status: 400, code: '5902', detail: 'MFA type is missing.' },
  deactivationFailed: { status: 400, code: '5903', detail: 'Failed to deactivate MFA.', event: 'refused' },
  alreadyActivated: { status: 400, code: '5904', detail: 'MFA type already activated.' },
  noCustomerIdentifier: { status: 400, code: '5905', detail: 'No customer identifier provided.' },
  typeNotFound: { status: 400, code: '5906', detail: 'MFA type is not found.' },
  customerNotFound: { status: 400, code: '5907', detail: 'Customer not found.' },
  userNotFound: { status: 400, code: '5908', detail: 'User not found.' },
  noUserIdentifier: { status: 400, code: '5909', detail: 'No user identifier provided.' },
  sendingFailed: {
    status: 400,
    code: '5910',
    detail: 'Something went wrong while sending your code. Please try again later or contact the system administrator.',
    level: 'warn',
  },
  locked: {
    status: 429,
    code: '5911',
    detail: 'Too many failed attempts. MFA is locked for this account.',
    level: 'warn',
    event: 'blocked',
  },
  sendLimit: {
    status: 429,
    code: '5912',
    detail: 'A code was requested too often.',
    level: 'info',
    event: 'blocked',
  },
  setupRequired: { status: 403, code: '5913', detail: 'MFA must be set up before this action.', event: 'refused' },
} as const satisfies Record<string, MfaErrorRow>;

export type MfaErrorName = keyof typeof MFA_ERRORS;

/** The error for an account that does not exist, for each kind of account. */
export const NOT_FOUND = { customer: 'customerNotFound', user: 'userNotFound' } as const;
