import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { CurrentPassword, NewPassword, PersonName, RepeatedPassword, UserLocale } from '#auth';
import { ApiMember, IsOptionalMember } from '#json-api';

/** All three are needed where one is sent. */
const IfAnyPassword = (): PropertyDecorator =>
  applyDecorators(
    ApiMember({ required: false }),
    ValidateIf(({ password, newPassword, confirmPassword }: UpdateOwnUserDto) =>
      [password, newPassword, confirmPassword].some((one) => one !== undefined),
    ),
  );

/** What users may change of themselves; a new password comes with the current one, or not at all. */
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
