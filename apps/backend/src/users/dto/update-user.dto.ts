import { ApiProperty, PartialType } from '@nestjs/swagger';
import { IsOptionalMember } from '#json-api';
import { Reason } from '../../accounts/reason.rule.js';
import { CreateUserDto } from './create-user.dto.js';

/** The changes of a user by an administrator. Absent members stay as they are. */
export class UpdateUserDto extends PartialType(CreateUserDto, { skipNullProperties: false }) {
  @ApiProperty({
    example: 'Moves to the office; agreed with the team lead',
    description: 'Needed for another username or password of somebody else who has MFA',
  })
  @IsOptionalMember()
  @Reason()
  reason?: string;
}
