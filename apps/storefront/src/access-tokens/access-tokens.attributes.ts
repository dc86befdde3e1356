import { ApiProperty } from '@nestjs/swagger';
import { EmailAddress, NotBlank, Text } from '#json-api';

/** Attributes of a login. */
export class AccessTokensAttributes {
  @ApiProperty({ example: 'ada.kessler@harborsupply.example' })
  @NotBlank()
  @EmailAddress()
  @Text()
  username!: string;

  @ApiProperty({ example: 'Harbor-Demo-01!' })
  @NotBlank()
  @Text()
  password!: string;
}
