import { ApiProperty } from '@nestjs/swagger';

/** A public key of access tokens (RFC 7517). */
export class JwkDto {
  @ApiProperty({ example: 'RSA' })
  kty!: string;

  @ApiProperty({
    description: 'The modulus, in base64url',
    example: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4',
  })
  n!: string;

  @ApiProperty({ description: 'The exponent, in base64url', example: 'AQAB' })
  e!: string;

  @ApiProperty({
    description: 'The thumbprint of the key (RFC 7638)',
    example: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
  })
  kid!: string;

  @ApiProperty({ enum: ['sig'], example: 'sig' })
  use!: string;

  @ApiProperty({ enum: ['RS256'], example: 'RS256' })
  alg!: string;
}

export class JwksDto {
  @ApiProperty({ type: [JwkDto] })
  keys!: JwkDto[];
}
