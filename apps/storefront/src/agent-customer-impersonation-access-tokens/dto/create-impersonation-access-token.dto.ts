import { ApiProperty } from '@nestjs/swagger';

/** Not validated: any reference without a customer gets the same error. */
export class CreateImpersonationAccessTokenDto {
  @ApiProperty({ type: String, example: 'DE--21' })
  customerReference?: unknown;
}
