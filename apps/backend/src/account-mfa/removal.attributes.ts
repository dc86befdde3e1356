import { IsBoolean } from 'class-validator';
import { IsOptionalMember } from '#json-api';
import { Reason } from '../accounts/reason.rule.js';

/** Why a second factor is removed, and what else the person needs. */
export class RemovalAttributes {
  @Reason()
  reason!: string;

  /** The password is void as well, and the person is mailed a key for a new one. */
  @IsOptionalMember()
  @IsBoolean({ message: 'This value should be of type bool.' })
  resetPassword = false;
}
