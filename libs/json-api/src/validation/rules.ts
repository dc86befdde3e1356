import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  buildMessage,
  isUUID,
  ValidateBy,
  ValidateIf,
  type ValidationArguments,
  type ValidationOptions,
} from 'class-validator';
import { ApiMember } from './api-member.js';
import { isCalendarDate, isMailAddress, isStorable } from './known-texts.js';
import { ruleSettingsOf, type RuleSettings } from './rule-settings.js';

/**
 * The rules of attribute validation with the texts of the contract (section 3.1), as class-validator decorators that
 * also document their member.
 *
 * `RULE_ORDER` is the order of the violations of one field: blank before length before type before range (section 4,
 * point 5).
 */
export const RULE_ORDER = ['notBlank', 'minLength', 'maxLength', 'textType', 'numeric', 'email', 'choice', 'minimum'];

type Test = (value: unknown, args?: ValidationArguments) => boolean;

export function rule(
  name: string,
  test: Test,
  message: string | ((args?: ValidationArguments) => string),
): PropertyDecorator {
  const defaultMessage = typeof message === 'string' ? buildMessage(() => message) : message;
  return ValidateBy({ name, validator: { validate: test, defaultMessage } }, {} satisfies ValidationOptions);
}

/** All rules except `NotBlank` accept absent values. */
export const ifPresent =
  (test: (value: unknown) => boolean): Test =>
  (value) =>
    value === undefined || value === null || test(value);

const ifText = (test: (value: string) => boolean): Test =>
  ifPresent((value) => typeof value !== 'string' || test(value));

/** Present, not null and not an empty string. */
export const IsNotBlank = (): PropertyDecorator =>
  applyDecorators(
    ApiMember({ required: true, nullable: false }),
    rule(
      'notBlank',
      (value) => value !== undefined && value !== null && value !== '',
      (args) => (args?.value === undefined ? 'This field is missing.' : 'This value should not be blank.'),
    ),
  );

/** A text that PostgreSQL can store. */
export const IsText = (): PropertyDecorator =>
  applyDecorators(
    ApiMember({ type: 'string' }),
    rule(
      'textType',
      ifPresent((value) => typeof value === 'string'),
      'This value should be of type string.',
    ),
    rule('textCharacters', ifText(isStorable), 'This value contains a character that is not allowed.'),
  );

/** Removes surrounding white space from a pasted key, token or id. */
export const Trim = (): PropertyDecorator =>
  Transform(({ value }) => (typeof value === 'string' ? value.trim() : (value as unknown)));

/** Length in characters (code points), including both bounds. The minimum may be a setting of the application. */
export const HasLength = (
  minimum: number | ((settings: RuleSettings) => number),
  maximum: number,
): PropertyDecorator => {
  const least = (args?: ValidationArguments): number =>
    typeof minimum === 'number' ? minimum : minimum(ruleSettingsOf(args));
  const tooShort = rule(
    'minLength',
    (value, args) => typeof value !== 'string' || [...value].length >= least(args),
    (args) => tooShortText(least(args)),
  );
  const tooLong = rule(
    'maxLength',
    ifText((text) => [...text].length <= maximum),
    tooLongText(maximum),
  );
  const documented = ApiMember({ maxLength: maximum, ...(typeof minimum === 'number' && { minLength: minimum }) });
  return applyDecorators(documented, ...(minimum === 0 ? [] : [tooShort]), tooLong);
};

/** An address to which mail can be sent. */
export const IsEmailAddress = (message = 'This value is not a valid email address.'): PropertyDecorator =>
  applyDecorators(
    ApiMember({ type: 'string', format: 'email' }),
    rule(
      'email',
      ifText((text) => text === '' || isMailAddress(text)),
      message,
    ),
  );

/** One of these values. An empty string is refused. */
export const IsChoice = (values: readonly string[]): PropertyDecorator =>
  applyDecorators(
    ApiMember({ type: 'string', enum: [...values] }),
    rule(
      'choice',
      ifPresent((value) => values.includes(value as string)),
      'The value you selected is not a valid choice.',
    ),
  );

export const IsFlag = (): PropertyDecorator =>
  applyDecorators(
    ApiMember({ type: 'boolean' }),
    rule(
      'flag',
      ifPresent((value) => typeof value === 'boolean'),
      'This value should be of type bool.',
    ),
  );

export const IsTrue = (): PropertyDecorator =>
  applyDecorators(
    ApiMember({ type: 'boolean', enum: [true] }),
    rule(
      'true',
      ifPresent((value) => value === true),
      'This value should be true.',
    ),
  );

/** A date `YYYY-MM-DD` that exists in the calendar (which has no year 0). */
export const IsCalendarDate = (): PropertyDecorator =>
  applyDecorators(
    ApiMember({ type: 'string', format: 'date' }),
    rule(
      'date',
      ifPresent((value) => value === '' || isCalendarDate(value)),
      'This value is not a valid date.',
    ),
  );

export const IsUuid = (): PropertyDecorator =>
  applyDecorators(
    ApiMember({ type: 'string', format: 'uuid' }),
    rule(
      'uuid',
      ifPresent((value) => value === '' || isUUID(value, 'loose')),
      'This is not a valid UUID.',
    ),
  );

const NUMERIC = /^\s*[+-]?\d{1,15}\s*$/;

/** A whole number, also as text. The attribute becomes a number (contract: section 4, point 5). */
export const IsWholeNumber = (): PropertyDecorator =>
  applyDecorators(
    ApiMember({ type: 'integer' }),
    Transform(({ value }) => (typeof value === 'string' && NUMERIC.test(value) ? Number(value) : (value as unknown))),
    rule(
      'numeric',
      ifPresent((value) => Number.isSafeInteger(value)),
      'This value should be of type numeric.',
    ),
  );

/** An empty text is not greater than any bound. */
export const IsGreaterThan = (bound: number): PropertyDecorator =>
  applyDecorators(
    ApiMember({ minimum: bound + 1 }),
    rule(
      'minimum',
      (value) => value !== '' && (typeof value !== 'number' || value > bound),
      `This value should be greater than ${bound}.`,
    ),
  );

export const IsAtMost = (bound: number): PropertyDecorator =>
  applyDecorators(
    ApiMember({ maximum: bound }),
    rule(
      'maximum',
      (value) => typeof value !== 'number' || value <= bound,
      `This value should be less than or equal to ${bound}.`,
    ),
  );

/** The other rules of an attribute apply only if the request has it. Null counts as sent. */
export const IsOptionalMember = (): PropertyDecorator =>
  applyDecorators(
    ApiMember({ required: false }),
    ValidateIf((_, value) => value !== undefined),
  );

/** A resource's own rule and its text. */
export const Satisfies = (
  name: string,
  test: (text: string, settings: () => RuleSettings) => boolean,
  message: string,
): PropertyDecorator =>
  rule(name, (value, args) => typeof value !== 'string' || test(value, () => ruleSettingsOf(args)), message);

function tooShortText(minimum: number): string {
  return `This value is too short. It should have ${minimum} characters or more.`;
}

function tooLongText(maximum: number): string {
  return `This value is too long. It should have ${maximum} characters or less.`;
}
