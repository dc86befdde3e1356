import { applyDecorators } from '@nestjs/common';
import { ApiMember, IsChoice, HasLength, parseDateTime, IsNotBlank, Satisfies, IsText, IsUniqueList } from '#json-api';
import { POLICY_SCOPES } from '#mfa';

/** The rules for each field of a policy. The service checks whether the fields fit together. */
export const AppliesTo = (): PropertyDecorator => applyDecorators(IsNotBlank(), IsChoice(POLICY_SCOPES));

export const Value = (): PropertyDecorator => applyDecorators(IsText(), HasLength(0, 255));

/** A date and time with offset (RFC 3339). */
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

/** A list of at least one name, without duplicates. */
export const MethodNames = (): PropertyDecorator => IsUniqueList();
