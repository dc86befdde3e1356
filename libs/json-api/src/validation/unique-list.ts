import { applyDecorators } from '@nestjs/common';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import { ApiMember } from './api-member.js';

/**
 * A list of at least one member without duplicates, with the texts of the contract (section 3.1). Only the first
 * violation is answered. `NotBlank` is not needed in addition.
 *
 * @param choices the allowed members; without them the caller must check the members
 */
export const IsUniqueList = (choices?: readonly string[]): PropertyDecorator =>
  applyDecorators(
    ApiMember({
      required: true,
      nullable: false,
      type: 'array',
      items: { type: 'string', ...(choices && { enum: [...choices] }) },
      minItems: 1,
      uniqueItems: true,
    }),
    ValidateBy({
      name: 'uniqueList',
      validator: {
        validate: (value: unknown) => problemOf(value, choices) === undefined,
        defaultMessage: (args?: ValidationArguments) => problemOf(args?.value, choices) ?? '',
      },
    }),
  );

function problemOf(value: unknown, choices: readonly unknown[] | undefined): string | undefined {
  if (value === undefined) return 'This field is missing.';
  if (value === null || value === '') return 'This value should not be blank.';
  if (!Array.isArray(value)) return 'This value should be of type array.';
  if (value.length === 0) return 'This value should not be blank.';
  if (choices && !value.every((one) => choices.includes(one))) return 'One or more of the given values is invalid.';
  if (new Set(value).size < value.length) return 'This collection should contain only unique elements.';
  return undefined;
}
