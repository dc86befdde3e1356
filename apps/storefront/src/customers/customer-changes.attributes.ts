import { BirthDate, Gender, LoginEmail, NewPassword, PersonName, RepeatedPassword, Salutation } from '#auth';
import { IsOptionalMember, IsNotBlank, IsTrue } from '#json-api';

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
    @IsOptionalMember()
    @Salutation()
    salutation?: string;

    @IsOptionalMember()
    @PersonName()
    firstName?: string;

    @IsOptionalMember()
    @PersonName()
    lastName?: string;

    @IsOptionalMember()
    @Gender()
    gender?: string;

    @IsOptionalMember()
    @LoginEmail()
    email?: string;

    @IsOptionalMember()
    @NewPassword(minimumLength)
    password?: string;

    @IsOptionalMember()
    @RepeatedPassword(minimumLength)
    confirmPassword?: string;

    @IsOptionalMember()
    @IsNotBlank()
    @IsTrue()
    acceptedTerms?: true;

    @IsOptionalMember()
    @IsNotBlank()
    @BirthDate(now)
    dateOfBirth?: string;
  }
  return Attributes;
}
