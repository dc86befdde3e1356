import { ApiProperty } from '@nestjs/swagger';
import { IsEmailAddress, IsNotBlank, IsText } from '#json-api';

export class CreateAccessTokenDto {
  @ApiProperty({ example: 'ada.kessler@harborsupply.example' })
  @IsNotBlank()
  @IsEmailAddress()
  @IsText()
  username!: string;

  @ApiProperty({ example: 'Harbor-Demo-01!' })
  @IsNotBlank()
  @IsText()
  password!: string;
}
