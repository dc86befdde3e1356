import { IsOptionalMember } from '#json-api';
import type { PolicyScope } from '#mfa';
import { AppliesTo, MethodNames, RequiredFrom, Value } from './policy-rules.js';

/** Attributes of a change; what is not sent stays as it is. */
export class PolicyChangesAttributes {
  @IsOptionalMember()
  @AppliesTo()
  appliesTo?: PolicyScope;

  @Value()
  value?: string | null;

  @IsOptionalMember()
  @RequiredFrom()
  requiredFrom?: string;

  @IsOptionalMember()
  @MethodNames()
  methods?: string[];
}
