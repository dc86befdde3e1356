import { applyDecorators } from '@nestjs/common';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import { Choice, Length, momentOf, NotBlank, Satisfies, Text } from '#json-api';
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
export const MethodNames = (): PropertyDecorator =>
  ValidateBy({
    name: 'methodNames',
    validator: {
      validate: (value: unknown) => problemOf(value) === undefined,
      defaultMessage: (args?: ValidationArguments) => problemOf(args?.value) ?? '',
    },
  });

function problemOf(value: unknown): string | undefined {
  if (value === undefined) return 'This field is missing.';
  if (value === null || value === '') return 'This value should not be blank.';
  if (!Array.isArray(value)) return 'This value should be of type array.';
  if (value.length === 0) return 'This value should not be blank.';
  if (new Set(value).size < value.length) return 'This collection should contain only unique elements.';
  return undefined;
}
