import { NewPassword, type Role } from '#auth';
import { IfSent } from '#json-api';
import { Reason } from '../accounts/reason.rule.js';
import { Locale, PersonName, Roles, Status, Username, WarehouseFlag } from './user-rules.js';

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
    @Username()
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
    @Locale()
    locale?: string;

    @IfSent()
    @Status()
    status?: string;

    @IfSent()
    @Reason()
    reason?: string;
  }
  return Attributes;
}
