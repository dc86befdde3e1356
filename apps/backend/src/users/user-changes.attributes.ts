import { LoginEmail, NewPassword, PersonName, type Role, Roles, UserLocale, UserStatus, WarehouseFlag } from '#auth';
import { IsOptionalMember } from '#json-api';
import { Reason } from '../accounts/reason.rule.js';

/** What an administrator may change of a user. */
export interface UserChanges {
  readonly username?: string;
  readonly password?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly roles?: readonly Role[];
  readonly isWarehouseUser?: boolean;
  readonly locale?: string;
  readonly status?: string;
  /** Why; needed for another username or password of somebody else who has MFA. */
  readonly reason?: string;
}

/** The rules, for the configured least length of a password. */
export function userChanges(minimumLength: number): new () => UserChanges {
  class Attributes {
    @IsOptionalMember()
    @LoginEmail()
    username?: string;

    @IsOptionalMember()
    @NewPassword(minimumLength)
    password?: string;

    @IsOptionalMember()
    @PersonName()
    firstName?: string;

    @IsOptionalMember()
    @PersonName()
    lastName?: string;

    @IsOptionalMember()
    @Roles()
    roles?: Role[];

    @IsOptionalMember()
    @WarehouseFlag()
    isWarehouseUser?: boolean;

    @IsOptionalMember()
    @UserLocale()
    locale?: string;

    @IsOptionalMember()
    @UserStatus()
    status?: string;

    @IsOptionalMember()
    @Reason()
    reason?: string;
  }
  return Attributes;
}
