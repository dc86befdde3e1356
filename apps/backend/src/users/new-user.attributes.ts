import { LoginEmail, NewPassword, PersonName, type Role, Roles, UserLocale, UserStatus, WarehouseFlag } from '#auth';
import { IsOptionalMember } from '#json-api';

/** Attributes of a new user. */
export interface NewUserAttributes {
  readonly username: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly roles: readonly Role[];
  readonly isWarehouseUser: boolean;
  readonly locale: string;
  readonly status: string;
}

/** The rules, for the configured least length of a password. */
export function newUserAttributes(minimumLength: number): new () => NewUserAttributes {
  class Attributes {
    @LoginEmail()
    username!: string;

    @NewPassword(minimumLength)
    password!: string;

    @PersonName()
    firstName!: string;

    @PersonName()
    lastName!: string;

    @Roles()
    roles!: Role[];

    @IsOptionalMember()
    @WarehouseFlag()
    isWarehouseUser = false;

    @IsOptionalMember()
    @UserLocale()
    locale = 'en_US';

    @IsOptionalMember()
    @UserStatus()
    status = 'active';
  }
  return Attributes;
}
