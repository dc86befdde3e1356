import { ApiProperty } from '@nestjs/swagger';
import { NotBlank, Text } from '#json-api';

/** Attributes of a refresh. */
export class RefreshTokensAttributes {
  @ApiProperty({ example: 'c0ffee…' })
  @NotBlank()
  @Text()
  refreshToken!: string;
}
