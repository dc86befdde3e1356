import { BirthDate, Gender, LoginEmail, NewPassword, PersonName, RepeatedPassword, Salutation } from '#auth';
import { IsNotBlank, IsTrue } from '#json-api';

/** Attributes of a new customer. */
export interface RegistrationAttributes {
  readonly salutation: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly gender: string;
  readonly email: string;
  readonly password: string;
  readonly confirmPassword: string;
  readonly acceptedTerms: true;
  /** `YYYY-MM-DD`; empty or null is none. */
  readonly dateOfBirth?: string | null;
}

/** The rules, for the configured least length of a password, and at this time. */
export function registrationAttributes(minimumLength: number, now: () => Date): new () => RegistrationAttributes {
  class Attributes {
    @Salutation()
    salutation!: string;

    @PersonName()
    firstName!: string;

    @PersonName()
    lastName!: string;

    @Gender()
    gender!: string;

    @LoginEmail()
    email!: string;

    @NewPassword(minimumLength)
    password!: string;

    @RepeatedPassword(minimumLength)
    confirmPassword!: string;

    @IsNotBlank()
    @IsTrue()
    acceptedTerms!: true;

    @BirthDate(now)
    dateOfBirth?: string | null;
  }
  return Attributes;
}
