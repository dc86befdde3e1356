import { ApiProperty } from '@nestjs/swagger';
import type { PolicyScope } from '#mfa';
import { AppliesTo, MethodNames, RequiredFrom, Value } from '../policy-rules.js';

export class CreatePolicyDto {
  @ApiProperty({ example: 'company' })
  @AppliesTo()
  appliesTo!: PolicyScope;

  @ApiProperty({ example: 'Harbor Supply', description: 'The name of a company, or a role; null for all customers' })
  @Value()
  value?: string | null;

  @ApiProperty({ example: '2027-01-31T08:00:00+01:00' })
  @RequiredFrom()
  requiredFrom!: string;

  @ApiProperty({ example: ['some-method'], description: 'One of them must be active' })
  @MethodNames()
  methods!: string[];
}
