import { ApiProperty } from '@nestjs/swagger';
import { ApiResource } from '#json-api';

class TokensDto {
  @ApiProperty({ enum: ['Bearer'], example: 'Bearer' })
  tokenType!: string;

  @ApiProperty({ type: 'integer', example: 28_800, description: 'Seconds until the access token expires' })
  expiresIn!: number;

  @ApiProperty({ example: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl' })
  accessToken!: string;

  @ApiProperty({ example: 'def502c0ffee' })
  refreshToken!: string;
}

/** The tokens, with the company user of the session. */
class CustomerTokensDto extends TokensDto {
  @ApiProperty({ type: String, nullable: true, example: null })
  idCompanyUser!: string | null;
}

@ApiResource('access-tokens', { id: null })
export class AccessTokenDto extends CustomerTokensDto {}

@ApiResource('refresh-tokens', { id: null })
export class RefreshTokenDto extends CustomerTokensDto {}

@ApiResource('company-user-access-tokens', { id: null })
export class CompanyUserAccessTokenDto extends TokensDto {}

@ApiResource('agent-access-tokens', { id: null })
export class AgentAccessTokenDto extends TokensDto {}

@ApiResource('agent-customer-impersonation-access-tokens', { id: null })
export class ImpersonationAccessTokenDto extends TokensDto {}
