import type { RouteChecks } from '#json-api';
import { MFA_ERRORS } from '../core/mfa-errors.js';

const { customerNotFound, userNotFound, codeMissing, codeInvalid, locked, setupRequired } = MFA_ERRORS;

/** The documentation of what the guard adds to protected routes: a header and errors. */
export const MFA_RESPONSES = {
  headers: { 'X-MFA-Code': '123456' },
  errors: [customerNotFound, userNotFound, codeMissing, codeInvalid, locked, setupRequired],
} as const satisfies RouteChecks;
