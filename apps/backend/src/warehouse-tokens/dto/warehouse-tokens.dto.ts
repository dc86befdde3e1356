import { ApiProperty } from '@nestjs/swagger';
import { WAREHOUSE_TOKEN_TTL_SECONDS } from '#auth';

/** The tokens of a session for a warehouse (contract: resources, section 1.8). */
export class WarehouseTokensDto {
  @ApiProperty({ enum: ['Bearer'], example: 'Bearer' })
  tokenType!: string;

  @ApiProperty({
    type: 'integer',
    example: WAREHOUSE_TOKEN_TTL_SECONDS,
    description: 'Seconds until the access token expires',
  })
  expiresIn!: number;

  @ApiProperty({ example: 'eyJhbGciOi…' })
  accessToken!: string;

  @ApiProperty({ example: '9f2c41d0…' })
  refreshToken!: string;
}
