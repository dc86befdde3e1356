import { ApiProperty } from '@nestjs/swagger';
import { IsNotBlank, IsText, Trim } from '#json-api';

export class CreateRefreshTokenDto {
  @ApiProperty({ example: 'def502c0ffee' })
  @Trim()
  @IsNotBlank()
  @IsText()
  refreshToken!: string;
}
