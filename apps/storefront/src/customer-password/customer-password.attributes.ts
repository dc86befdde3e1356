import { CurrentPasswordRules, PasswordCharacters, PasswordLength } from '#auth';
import { NotBlank, Text } from '#json-api';

/** Attributes of a password change. */
export interface CustomerPasswordAttributes {
  readonly password: string;
  readonly newPassword: string;
  readonly confirmPassword: string;
}

/** The rules, for the configured least length of a password. */
export function customerPasswordAttributes(minimumLength: number): new () => CustomerPasswordAttributes {
  class Attributes {
    @NotBlank()
    @Text()
    @CurrentPasswordRules()
    password!: string;

    @NotBlank()
    @Text()
    @PasswordLength(minimumLength)
    @PasswordCharacters()
    newPassword!: string;

    @NotBlank()
    @Text()
    @PasswordLength(minimumLength)
    confirmPassword!: string;
  }
  return Attributes;
}
