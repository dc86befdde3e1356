import { ApiProperty } from '@nestjs/swagger';

/** As sent: a reference of any form that finds nobody has the same answer. */
export class CreateImpersonationAccessTokenDto {
  @ApiProperty({ type: String, example: 'DE--21' })
  customerReference?: unknown;
}
