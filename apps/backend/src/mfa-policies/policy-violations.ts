import { ROLES } from '#auth';
import { violation, type ApiErrorRow } from '#json-api';
import type { NewPolicy, PolicyScope } from '#mfa';

/** A requested policy. `value` is undefined if the request does not contain it. */
export type PolicyDraft = Omit<NewPolicy, 'value'> & { readonly value: string | null | undefined };

/**
 * Reports whether the scope and the methods of a policy fit together.
 *
 * @param offered the methods that the policy's accounts can have
 */
export function violationsOf({ appliesTo, value, methods }: PolicyDraft, offered: readonly string[]): ApiErrorRow[] {
  const ofValue = valueProblem(appliesTo, value);
  const areOffered = methods.every((method) => offered.includes(method));
  return [
    ...(ofValue ? [violation('value', ofValue)] : []),
    ...(areOffered ? [] : [violation('methods', 'One or more of the given values is invalid.')]),
  ];
}

function valueProblem(appliesTo: PolicyScope, value: string | null | undefined): string | undefined {
  if (appliesTo === 'customers') return (value ?? null) === null ? undefined : 'This value should be null.';
  if (value === undefined) return 'This field is missing.';
  if (value === null || value.trim() === '') return 'This value should not be blank.';
  const isUnknownRole = appliesTo === 'role' && !ROLES.some((role) => role === value);
  return isUnknownRole ? 'The value you selected is not a valid choice.' : undefined;
}
