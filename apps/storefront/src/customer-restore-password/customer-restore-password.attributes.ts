import { NewPassword, RepeatedPassword } from '#auth';
import { NotBlank, Text } from '#json-api';

/** Attributes of a new password for a mailed key. */
export interface CustomerRestorePasswordAttributes {
  readonly restorePasswordKey: string;
  readonly password: string;
  readonly confirmPassword: string;
}

/** The rules, for the configured least length of a password. */
export function customerRestorePasswordAttributes(minimumLength: number): new () => CustomerRestorePasswordAttributes {
  class Attributes {
    @NotBlank()
    @Text()
    restorePasswordKey!: string;

    @NewPassword(minimumLength)
    password!: string;

    @RepeatedPassword(minimumLength)
    confirmPassword!: string;
  }
  return Attributes;
}
