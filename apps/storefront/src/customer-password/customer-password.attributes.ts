import { CurrentPassword, NewPassword, RepeatedPassword } from '#auth';

/** Attributes of a password change. */
export interface CustomerPasswordAttributes {
  readonly password: string;
  readonly newPassword: string;
  readonly confirmPassword: string;
}

/** The rules, for the configured least length of a password. */
export function customerPasswordAttributes(minimumLength: number): new () => CustomerPasswordAttributes {
  class Attributes {
    @CurrentPassword()
    password!: string;

    @NewPassword(minimumLength)
    newPassword!: string;

    @RepeatedPassword(minimumLength)
    confirmPassword!: string;
  }
  return Attributes;
}
