import { ApiProperty } from '@nestjs/swagger';
import { IsNotBlank, IsText, Trim } from '#json-api';
import { NewPassword, RepeatedPassword } from '../password-policy.js';

/** A new password, and a mailed key that permits to set it. */
export class RestorePasswordDto {
  @ApiProperty({ example: '3f1b6f0e5c0b4d2e9b576f0c2f4c8a11' })
  @Trim()
  @IsNotBlank()
  @IsText()
  restorePasswordKey!: string;

  @ApiProperty({ example: 'Harbor-Demo-02!' })
  @NewPassword()
  password!: string;

  @ApiProperty({ example: 'Harbor-Demo-02!' })
  @RepeatedPassword()
  confirmPassword!: string;
}
