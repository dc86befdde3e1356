import { timestamp, type ResourceObject } from '#json-api';
import type { Policy } from '#mfa';
import type { PolicyDto } from './dto/policy.dto.js';

export function policyResource({
  uuid,
  requiredFrom,
  createdAt,
  updatedAt,
  ...policy
}: Policy): ResourceObject<PolicyDto> {
  const { appliesTo, value, methods } = policy;
  return {
    type: 'mfa-policies',
    id: uuid,
    attributes: {
      appliesTo,
      value,
      requiredFrom: requiredFrom.toISOString(),
      methods,
      createdAt: timestamp(createdAt),
      updatedAt: timestamp(updatedAt),
    },
  };
}
