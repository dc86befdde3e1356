import { IsNotBlank, Trim, IsText } from '#json-api';
import { NewPassword, RepeatedPassword } from './password-policy.js';

/** Attributes of a new password for a mailed key. */
export interface RestorePasswordAttributes {
  readonly restorePasswordKey: string;
  readonly password: string;
  readonly confirmPassword: string;
}

/** The rules, for the configured least length of a password. */
export function restorePasswordAttributes(minimumLength: number): new () => RestorePasswordAttributes {
  class Attributes {
    @Trim()
    @IsNotBlank()
    @IsText()
    restorePasswordKey!: string;

    @NewPassword(minimumLength)
    password!: string;

    @RepeatedPassword(minimumLength)
    confirmPassword!: string;
  }
  return Attributes;
}
