import { ValidateIf } from 'class-validator';
import { CurrentPassword, NewPassword, PersonName, RepeatedPassword, UserLocale } from '#auth';
import { IsOptionalMember } from '#json-api';

/** What users may change of themselves; a new password comes with the current one, or not at all. */
export interface OwnChanges {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly locale?: string;
  readonly password?: string;
  readonly newPassword?: string;
  readonly confirmPassword?: string;
}

/** The rules, for the configured least length of a password. */
export function ownChanges(minimumLength: number): new () => OwnChanges {
  class Attributes {
    @IsOptionalMember()
    @PersonName()
    firstName?: string;

    @IsOptionalMember()
    @PersonName()
    lastName?: string;

    @IsOptionalMember()
    @UserLocale()
    locale?: string;

    @IfAnyPassword()
    @CurrentPassword()
    password?: string;

    @IfAnyPassword()
    @NewPassword(minimumLength)
    newPassword?: string;

    @IfAnyPassword()
    @RepeatedPassword(minimumLength)
    confirmPassword?: string;
  }
  return Attributes;
}

/** All three are needed where one is sent. */
const IfAnyPassword = (): PropertyDecorator =>
  ValidateIf(({ password, newPassword, confirmPassword }: OwnChanges) =>
    [password, newPassword, confirmPassword].some((one) => one !== undefined),
  );
