import { ApiProperty } from '@nestjs/swagger';
import { ApiResource } from '#json-api';

@ApiResource('multi-factor-auth-types', { id: null })
export class ListedMethodDto {
  @ApiProperty({ example: 'email' })
  type!: string;

  @ApiProperty({ type: 'integer', enum: [0, 1, 2], example: 2, description: '0 disabled, 1 being set up, 2 enabled' })
  status!: number;

  @ApiProperty({ type: 'integer', required: false, example: 10, description: 'Of recovery codes: how many are left' })
  remaining?: number;
}

/** The date from which a policy requires a second factor, and the methods of which one must be enabled. */
export class RequirementDto {
  @ApiProperty({ format: 'date-time', example: '2026-12-01T00:00:00.000Z' })
  requiredFrom!: string;

  @ApiProperty({ type: [String], example: ['email'] })
  methods!: string[];
}

/** The `meta` member of the list of methods. */
export class ListedMethodsMetaDto {
  @ApiProperty({
    required: false,
    format: 'date-time',
    example: '2026-11-02T10:30:00.000Z',
    description: 'While a grant is alive: until when no code is asked for again',
  })
  grantExpiresAt?: string;

  @ApiProperty({ required: false, type: [RequirementDto] })
  policies?: RequirementDto[];
}
