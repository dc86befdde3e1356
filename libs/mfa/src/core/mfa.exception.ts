import { ApiException, retryAfter } from '#json-api';
import { MFA_ERRORS, type MfaErrorName } from './mfa-errors.js';

/** Refuses a request with an error of the table. `until` becomes the header `Retry-After`. */
export class MfaException extends ApiException {
  constructor(
    readonly reason: MfaErrorName,
    until?: { readonly at: Date; readonly now: Date },
  ) {
    super(MFA_ERRORS[reason], until && retryAfter(until.at, until.now));
  }
}
