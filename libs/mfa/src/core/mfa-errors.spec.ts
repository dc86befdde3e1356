import { expect, it } from 'vitest';
import { MFA_ERRORS } from './mfa-errors.js';

it('keeps every number, status and text of the contract', () => {
  const rows = Object.values(MFA_ERRORS).map(({ status, code, detail }) => `${code} ${status} ${detail}`);
  expect(rows).toEqual([
    '5900 403 X-MFA-Code header is missing.',
    '5901 403 X-MFA-Code is invalid.',
    '5902 400 MFA type is missing.',
    '5903 400 Failed to deactivate MFA.',
    '5904 400 MFA type already activated.',
    '5905 400 No customer identifier provided.',
    '5906 400 MFA type is not found.',
    '5907 400 Customer not found.',
    '5908 400 User not found.',
    '5909 400 No user identifier provided.',
    '5910 400 Something went wrong while sending your code. Please try again later or contact the system administrator.',
    '5911 429 Too many failed attempts. MFA is locked for this account.',
    '5912 429 A code was requested too often.',
    '5913 403 MFA must be set up before this action.',
  ]);
});
