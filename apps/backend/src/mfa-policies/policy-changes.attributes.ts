import { IfSent } from '#json-api';
import type { PolicyScope } from '#mfa';
import { AppliesTo, MethodNames, RequiredFrom, Value } from './policy-rules.js';

/** Attributes of a change; what is not sent stays as it is. */
export class PolicyChangesAttributes {
  @IfSent()
  @AppliesTo()
  appliesTo?: PolicyScope;

  @Value()
  value?: string | null;

  @IfSent()
  @RequiredFrom()
  requiredFrom?: string;

  @IfSent()
  @MethodNames()
  methods?: string[];
}
