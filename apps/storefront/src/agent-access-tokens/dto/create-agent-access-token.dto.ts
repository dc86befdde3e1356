import { ApiProperty } from '@nestjs/swagger';

/** Not validated: any invalid value gets the same error as a wrong password. */
export class CreateAgentAccessTokenDto {
  @ApiProperty({ type: String, example: 'agent@sallyport.example' })
  username?: unknown;

  @ApiProperty({ type: String, example: 'Gate-Demo-01!' })
  password?: unknown;
}
