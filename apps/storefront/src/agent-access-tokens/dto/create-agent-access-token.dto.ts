import { ApiProperty } from '@nestjs/swagger';

/** As sent: whatever is wrong with them, the answer is the one of a wrong password. */
export class CreateAgentAccessTokenDto {
  @ApiProperty({ type: String, example: 'agent@sallyport.example' })
  username?: unknown;

  @ApiProperty({ type: String, example: 'Gate-Demo-01!' })
  password?: unknown;
}
