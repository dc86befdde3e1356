import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { CurrentPassword, NewPassword, PersonName, RepeatedPassword, UserLocale } from '#auth';
import { ApiMember, IsOptionalMember } from '#json-api';

/** If one of the three passwords is sent, all three are required. */
const IfAnyPassword = (): PropertyDecorator =>
  applyDecorators(
    ApiMember({ required: false }),
    ValidateIf(({ password, newPassword, confirmPassword }: UpdateOwnUserDto) =>
      [password, newPassword, confirmPassword].some((one) => one !== undefined),
    ),
  );

/** The changes of a user's own account. A new password requires the current one. */
export class UpdateOwnUserDto {
  @ApiProperty({ example: 'Wim' })
  @IsOptionalMember()
  @PersonName()
  firstName?: string;

  @ApiProperty({ example: 'Dekker' })
  @IsOptionalMember()
  @PersonName()
  lastName?: string;

  @ApiProperty({ example: 'de_DE' })
  @IsOptionalMember()
  @UserLocale()
  locale?: string;

  @ApiProperty({ example: 'Gate-Demo-01!', description: 'The current one' })
  @IfAnyPassword()
  @CurrentPassword()
  password?: string;

  @ApiProperty({ example: 'Gate-Demo-02!' })
  @IfAnyPassword()
  @NewPassword()
  newPassword?: string;

  @ApiProperty({ example: 'Gate-Demo-02!' })
  @IfAnyPassword()
  @RepeatedPassword()
  confirmPassword?: string;
}
