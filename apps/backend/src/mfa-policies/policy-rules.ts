import { applyDecorators } from '@nestjs/common';
import { Choice, Length, momentOf, NotBlank, Satisfies, Text, UniqueList } from '#json-api';
import { POLICY_SCOPES } from '#mfa';

/** The rules of a policy, field by field; what the fields must be together is the service's to judge. */
export const AppliesTo = (): PropertyDecorator => applyDecorators(NotBlank(), Choice(POLICY_SCOPES));

export const Value = (): PropertyDecorator => applyDecorators(Text(), Length(0, 255));

/** A moment with its offset (RFC 3339). */
export const RequiredFrom = (): PropertyDecorator =>
  applyDecorators(
    NotBlank(),
    Text(),
    Satisfies('moment', (text) => text === '' || momentOf(text) !== undefined, 'This value is not a valid datetime.'),
  );

/** Names, one or more, each once. */
export const MethodNames = (): PropertyDecorator => UniqueList();
