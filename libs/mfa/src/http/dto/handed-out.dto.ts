import { ApiProperty } from '@nestjs/swagger';
import { ApiResource } from '#json-api';

/** What a method hands out at activation, shown once: a secret with its URI and QR code, or recovery codes. */
@ApiResource('multi-factor-auth-type-activate', { id: null })
export class ActivatedMethodDto {
  @ApiProperty({ example: 'totp' })
  type!: string;

  @ApiProperty({ required: false, example: 'OGZPJ5DUKVXCQ4WZ3LRY6AEB7HMTN2FS', description: 'Base32 (RFC 4648)' })
  secret?: string;

  @ApiProperty({
    required: false,
    example:
      'otpauth://totp/Sallyport:ada.kessler%40harborsupply.example?issuer=Sallyport&secret=OGZPJ5DUKVXCQ4WZ3LRY6AEB7HMTN2FS&algorithm=SHA1&digits=6&period=30',
  })
  uri?: string;

  @ApiProperty({
    required: false,
    example: 'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=',
    description: 'The URI as an image, in a data URL',
  })
  qrCode?: string;

  @ApiProperty({ required: false, format: 'date-time', example: '2026-11-02T10:10:00.000Z' })
  expiresAt?: string;

  @ApiProperty({ required: false, type: [String], example: ['J7QK-2MXP-9RWD'], description: 'Recovery codes' })
  codes?: string[];
}

/** What a method with challenges hands out to be answered. The built-in methods have no challenges. */
@ApiResource('multi-factor-auth-trigger', { id: null })
export class ChallengeDto {
  @ApiProperty({ example: 'some-method' })
  type!: string;
}
