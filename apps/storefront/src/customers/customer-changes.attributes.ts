import { BirthDate, Gender, LoginEmail, NewPassword, PersonName, RepeatedPassword, Salutation } from '#auth';
import { IfSent, NotBlank, True } from '#json-api';

/** What a customer may change of the own data; the two passwords are looked at, but change nothing. */
export interface CustomerChanges {
  readonly salutation?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly gender?: string;
  readonly email?: string;
  readonly password?: string;
  readonly confirmPassword?: string;
  /** `YYYY-MM-DD` */
  readonly dateOfBirth?: string;
}

/** The rules, for the configured least length of a password, and at this time. */
export function customerChanges(minimumLength: number, now: () => Date): new () => CustomerChanges {
  class Attributes {
    @IfSent()
    @Salutation()
    salutation?: string;

    @IfSent()
    @PersonName()
    firstName?: string;

    @IfSent()
    @PersonName()
    lastName?: string;

    @IfSent()
    @Gender()
    gender?: string;

    @IfSent()
    @LoginEmail()
    email?: string;

    @IfSent()
    @NewPassword(minimumLength)
    password?: string;

    @IfSent()
    @RepeatedPassword(minimumLength)
    confirmPassword?: string;

    @IfSent()
    @NotBlank()
    @True()
    acceptedTerms?: true;

    @IfSent()
    @NotBlank()
    @BirthDate(now)
    dateOfBirth?: string;
  }
  return Attributes;
}
