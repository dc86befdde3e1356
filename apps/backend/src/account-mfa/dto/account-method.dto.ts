import { ApiProperty } from '@nestjs/swagger';
import { ApiResource } from '#json-api';
import { FactorStatus } from '#mfa';

/** A method that is offered to an account, or that it has although it is no longer offered. */
@ApiResource('multi-factor-auth-types', { id: null })
export class AccountMethodDto {
  @ApiProperty({ example: 'some-method' })
  type!: string;

  @ApiProperty({
    type: 'integer',
    enum: Object.values(FactorStatus),
    example: FactorStatus.active,
    description: '0 disabled, 1 being set up, 2 enabled',
  })
  status!: FactorStatus;
}

/** The `meta` member of the list of an account's methods. */
export class AccountMethodsMetaDto {
  @ApiProperty({
    required: false,
    format: 'date-time',
    example: '2026-11-02T10:45:00.000Z',
    description: 'While MFA is locked: until when',
  })
  lockedUntil?: string;
}
