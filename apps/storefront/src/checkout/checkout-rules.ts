import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { ApiMember, HasLength, isMailAddress, isStorable, IsText } from '#json-api';

const MAXIMUM_LENGTH = 255;

/** A text of up to 255 characters. */
export const PlainText = (): PropertyDecorator => applyDecorators(IsText(), HasLength(0, MAXIMUM_LENGTH));

/** A mail address for messages about an order. An empty one gets the same error as any invalid one. */
export const OrderEmail = (): PropertyDecorator =>
  applyDecorators(
    ApiMember({ required: true, nullable: false, type: 'string', format: 'email' }),
    ValidateBy({
      name: 'email',
      validator: {
        validate: (value) => typeof value === 'string' && isMailAddress(value),
        defaultMessage: (args) => (args?.value === undefined ? 'This field is missing.' : 'Email is invalid.'),
      },
    }),
  );

/** A list of texts, each up to 255 characters. */
export const PlainTexts = (): PropertyDecorator =>
  applyDecorators(
    ApiMember({ type: 'array', items: { type: 'string', maxLength: MAXIMUM_LENGTH } }),
    ValidateBy({
      name: 'plainTexts',
      validator: {
        validate: (value) =>
          value === undefined || value === null || (Array.isArray(value) && value.every(isPlainText)),
        defaultMessage: () => 'This value should be a list of texts.',
      },
    }),
  );

/** A list that is not empty. */
export const Filled = (): PropertyDecorator =>
  applyDecorators(
    ApiMember({ minItems: 1 }),
    ValidateBy({
      name: 'filled',
      validator: {
        validate: (value) => !Array.isArray(value) || value.length > 0,
        defaultMessage: () => 'This value should not be blank.',
      },
    }),
  );

function isPlainText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= MAXIMUM_LENGTH && isStorable(value);
}
