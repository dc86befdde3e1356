import type { PolicyScope } from '#mfa';
import { AppliesTo, MethodNames, RequiredFrom, Value } from './policy-rules.js';

/** Attributes of a new policy. */
export class NewPolicyAttributes {
  @AppliesTo()
  appliesTo!: PolicyScope;

  @Value()
  value?: string | null;

  @RequiredFrom()
  requiredFrom!: string;

  @MethodNames()
  methods!: string[];
}
