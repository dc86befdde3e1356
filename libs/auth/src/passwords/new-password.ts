import { ApiException } from '#json-api';
import { PASSWORD_ERRORS, WEAKNESS_ERRORS } from './password-errors.js';
import { weaknessOf } from './password-policy.js';

/** @throws ApiException 400 / 421, 400 / 422 if a well-formed password is weak */
export function assertStrong(password: string): void {
  const weakness = weaknessOf(password);
  if (weakness) throw new ApiException(WEAKNESS_ERRORS[weakness]);
}

interface NewPasswordFields {
  readonly newPassword?: string;
  readonly confirmPassword?: string;
}

/**
 * All that can be said of a new password before the current one is looked at.
 *
 * @throws ApiException 422 / 406, 400 / 421, 400 / 422
 */
export function assertNewPassword({ newPassword = '', confirmPassword }: NewPasswordFields): void {
  if (newPassword !== confirmPassword) throw new ApiException(PASSWORD_ERRORS.newPasswordsDiffer);
  assertStrong(newPassword);
}
