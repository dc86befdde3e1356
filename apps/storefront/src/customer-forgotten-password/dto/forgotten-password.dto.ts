import { ApiProperty } from '@nestjs/swagger';
import { IsEmailAddress, IsNotBlank, IsText } from '#json-api';

/** Who wants a new password. */
export class ForgottenPasswordDto {
  @ApiProperty({ example: 'ada.kessler@harborsupply.example' })
  @IsNotBlank()
  @IsText()
  @IsEmailAddress()
  email!: string;
}
