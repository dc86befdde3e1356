import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { ApiMember, IsOptionalMember } from '#json-api';
import { Reason } from '../../accounts/reason.rule.js';

/** The reason for the removal, and whether the password is reset too. */
export class RemoveMethodsDto {
  @ApiProperty({ example: 'Lost access to the mailbox; identity checked by phone' })
  @Reason()
  reason!: string;

  @ApiProperty({
    example: false,
    default: false,
    description: 'The password is void as well, and the person is mailed a key for a new one',
  })
  @IsOptionalMember()
  @ApiMember({ type: 'boolean', nullable: false })
  @IsBoolean({ message: 'This value should be of type bool.' })
  resetPassword = false;
}
