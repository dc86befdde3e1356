import { applyDecorators } from '@nestjs/common';
import { ApiMember, IsChoice, HasLength, parseDateTime, IsNotBlank, Satisfies, IsText, IsUniqueList } from '#json-api';
import { POLICY_SCOPES } from '#mfa';

/** The rules of a policy, field by field; what the fields must be together is the service's to judge. */
export const AppliesTo = (): PropertyDecorator => applyDecorators(IsNotBlank(), IsChoice(POLICY_SCOPES));

export const Value = (): PropertyDecorator => applyDecorators(IsText(), HasLength(0, 255));

/** A moment with its offset (RFC 3339). */
export const RequiredFrom = (): PropertyDecorator =>
  applyDecorators(
    ApiMember({ format: 'date-time' }),
    IsNotBlank(),
    IsText(),
    Satisfies(
      'moment',
      (text) => text === '' || parseDateTime(text) !== undefined,
      'This value is not a valid datetime.',
    ),
  );

/** Names, one or more, each once. */
export const MethodNames = (): PropertyDecorator => IsUniqueList();
