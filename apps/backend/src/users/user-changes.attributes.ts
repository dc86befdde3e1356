import { LoginEmail, NewPassword, PersonName, type Role, Roles, UserLocale, UserStatus, WarehouseFlag } from '#auth';
import { IfSent } from '#json-api';
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
    @IfSent()
    @LoginEmail()
    username?: string;

    @IfSent()
    @NewPassword(minimumLength)
    password?: string;

    @IfSent()
    @PersonName()
    firstName?: string;

    @IfSent()
    @PersonName()
    lastName?: string;

    @IfSent()
    @Roles()
    roles?: Role[];

    @IfSent()
    @WarehouseFlag()
    isWarehouseUser?: boolean;

    @IfSent()
    @UserLocale()
    locale?: string;

    @IfSent()
    @UserStatus()
    status?: string;

    @IfSent()
    @Reason()
    reason?: string;
  }
  return Attributes;
}
