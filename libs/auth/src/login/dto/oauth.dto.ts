import { ApiProperty } from '@nestjs/swagger';

/** The body of a token request (RFC 6749, sections 4.3.2 and 6): a password or a refresh token. */
export class OAuthFormDto {
  @ApiProperty({ enum: ['password', 'refresh_token'], example: 'password' })
  grant_type!: string;

  @ApiProperty({ required: false, example: 'ada.kessler@harborsupply.example' })
  username?: string;

  @ApiProperty({ required: false, example: 'Harbor-Demo-01!' })
  password?: string;

  @ApiProperty({ required: false, example: '9f2c41d0…' })
  refresh_token?: string;
}

/** The tokens of a session (RFC 6749, section 5.1). */
export class OAuthTokensDto {
  @ApiProperty({ enum: ['Bearer'], example: 'Bearer' })
  token_type!: string;

  @ApiProperty({ type: 'integer', example: 28_800, description: 'Seconds until the access token expires' })
  expires_in!: number;

  @ApiProperty({ example: 'eyJhbGciOi…' })
  access_token!: string;

  @ApiProperty({ example: '9f2c41d0…' })
  refresh_token!: string;
}

/** The error of a refused token request (RFC 6749, section 5.2). */
export class OAuthErrorDto {
  @ApiProperty({ enum: ['invalid_grant', 'invalid_request', 'access_denied'], example: 'invalid_grant' })
  error!: string;

  @ApiProperty({ example: 'The user credentials were incorrect.' })
  error_description!: string;
}
