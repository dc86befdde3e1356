import { ApiProperty } from '@nestjs/swagger';
import { ApiResource } from '#json-api';
import { POLICY_SCOPES, type PolicyScope } from '#mfa';

@ApiResource('mfa-policies', { id: '2b6f1c1e-5f0d-4a8e-9d0b-3b5f2f4c7a10' })
export class PolicyDto {
  @ApiProperty({ enum: POLICY_SCOPES, example: 'company' })
  appliesTo!: PolicyScope;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Harbor Supply',
    description: 'The name of a company, or a role; null for all customers',
  })
  value!: string | null;

  @ApiProperty({ format: 'date-time', example: '2027-01-31T07:00:00.000Z' })
  requiredFrom!: string;

  @ApiProperty({ type: [String], example: ['some-method'], description: 'One of them must be active' })
  methods!: readonly string[];

  @ApiProperty({ example: '2026-11-02 10:30:00.000000', description: 'In UTC' })
  createdAt!: string;

  @ApiProperty({ example: '2026-11-02 10:30:00.000000', description: 'In UTC' })
  updatedAt!: string;
}
