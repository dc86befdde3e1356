import { ApiProperty } from '@nestjs/swagger';
import { IsEmailAddress, IsNotBlank, IsText } from '#json-api';

/** The address of the person who wants a new password. */
export class ForgottenPasswordDto {
  @ApiProperty({ example: 'ada.kessler@harborsupply.example' })
  @IsNotBlank()
  @IsText()
  @IsEmailAddress()
  email!: string;
}
