import { ApiProperty } from '@nestjs/swagger';
import { CurrentPassword, NewPassword, RepeatedPassword } from '#auth';

export class ChangePasswordDto {
  @ApiProperty({ example: 'Harbor-Demo-01!' })
  @CurrentPassword()
  password!: string;

  @ApiProperty({ example: 'Harbor-Demo-02!' })
  @NewPassword()
  newPassword!: string;

  @ApiProperty({ example: 'Harbor-Demo-02!' })
  @RepeatedPassword()
  confirmPassword!: string;
}
