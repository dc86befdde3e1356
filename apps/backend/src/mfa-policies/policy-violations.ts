import { ROLES } from '#auth';
import { violation, type ApiErrorRow } from '#json-api';
import type { NewPolicy, PolicyScope } from '#mfa';

/** A policy as a request would make it; `value` is undefined where it says nothing. */
export type PolicyDraft = Omit<NewPolicy, 'value'> & { readonly value: string | null | undefined };

/**
 * What is wrong with the attributes of a policy together: whom it is about, and which methods such accounts can have.
 *
 * @param offered the methods for accounts that it applies to
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
