import { ApiProperty } from '@nestjs/swagger';
import { IsNotBlank, IsText, Trim } from '#json-api';

/** The mailed key of a registration. */
export class ConfirmCustomerDto {
  @ApiProperty({ example: 'Zm9yLWEtcmVnaXN0cmF0aW9uLW9mLXRoZS1oYXJib3I' })
  @Trim()
  @IsNotBlank()
  @IsText()
  registrationKey!: string;
}
