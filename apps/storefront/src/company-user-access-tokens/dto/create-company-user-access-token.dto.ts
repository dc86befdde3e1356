import { ApiProperty } from '@nestjs/swagger';
import { IsNotBlank, IsUuid, Trim } from '#json-api';

/** The company user that a customer chooses. */
export class CreateCompanyUserAccessTokenDto {
  @ApiProperty({ example: '0fbf1ccc-dca1-54e6-8f57-5ee43b0c0ab2' })
  @Trim()
  @IsNotBlank()
  @IsUuid()
  idCompanyUser!: string;
}
