import { NewPassword, RepeatedPassword } from '#auth';
import { CalendarDate, NotBlank, True } from '#json-api';
import { AccountEmail, Gender, PersonName, Salutation } from './customer-rules.js';

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

/** The rules, for the configured least length of a password. */
export function registrationAttributes(minimumLength: number): new () => RegistrationAttributes {
  class Attributes {
    @Salutation()
    salutation!: string;

    @PersonName()
    firstName!: string;

    @PersonName()
    lastName!: string;

    @Gender()
    gender!: string;

    @AccountEmail()
    email!: string;

    @NewPassword(minimumLength)
    password!: string;

    @RepeatedPassword(minimumLength)
    confirmPassword!: string;

    @NotBlank()
    @True()
    acceptedTerms!: true;

    @CalendarDate()
    dateOfBirth?: string | null;
  }
  return Attributes;
}
