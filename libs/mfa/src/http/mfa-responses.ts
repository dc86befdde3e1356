import type { RouteChecks } from '#json-api';
import { MFA_ERRORS } from '../core/mfa-errors.js';

const { customerNotFound, userNotFound, codeMissing, codeInvalid, locked, setupRequired } = MFA_ERRORS;

/** What the guard asks of protected routes, for their documentation. */
export const MFA_RESPONSES = {
  headers: { 'X-MFA-Code': '123456' },
  errors: [customerNotFound, userNotFound, codeMissing, codeInvalid, locked, setupRequired],
} as const satisfies RouteChecks;
