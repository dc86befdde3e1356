import { ApiProperty } from '@nestjs/swagger';
import { IsEmailAddress, IsNotBlank, IsText } from '#json-api';

/** The username of the person who wants a new password. */
export class RequestRestoreKeyDto {
  @ApiProperty({ example: 'wim.dekker@sallyport.example' })
  @IsNotBlank()
  @IsText()
  @IsEmailAddress()
  username!: string;
}
