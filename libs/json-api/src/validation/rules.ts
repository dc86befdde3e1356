import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import {
  buildMessage,
  isEmail,
  isISO8601,
  isUUID,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationArguments,
  type ValidationOptions,
} from 'class-validator';
import { ApiMember } from './api-member.js';
import { ruleSettingsOf, type RuleSettings } from './rule-settings.js';

/**
 * The rules of attribute validation with the texts of the contract (section 3.1), as class-validator decorators that
 * also document their member.
 *
 * `RULE_ORDER` is the order of the violations of one field: blank before length before type before range (section 4,
 * point 5).
 */
export const RULE_ORDER = ['notBlank', 'minLength', 'maxLength', 'textType', 'numeric', 'email', 'choice', 'minimum'];

const NO_OBJECT = 'This value should be of type object.';

type Test = (value: unknown, args?: ValidationArguments) => boolean;

function rule(name: string, test: Test, message: string | ((args?: ValidationArguments) => string)): PropertyDecorator {
  const defaultMessage = typeof message === 'string' ? buildMessage(() => message) : message;
  return ValidateBy({ name, validator: { validate: test, defaultMessage } }, {} satisfies ValidationOptions);
}

/** All rules except `NotBlank` accept absent values. */
const ifPresent =
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

/** Whether PostgreSQL can store a text, also in JSON: without NUL and without halves of surrogate pairs. */
export function isStorable(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text);
}

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

/**
 * Whether a mail can be sent to the address: a single one, in ASCII and without a quoted local part.
 *
 * Only ASCII, because accounts are found without regard to case: outside ASCII, letters of different domains can have
 * the same lower case, and the owner of one address could take over the account of the other.
 */
export function isMailAddress(text: string): boolean {
  return /^[\x21\x23-\x7e]+$/.test(text) && isEmail(text);
}

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

/** An object with its own rules, or null. Violations have its path. */
export const IsNested = (attributesClass: () => new () => object): PropertyDecorator =>
  applyDecorators(
    ApiMember({ type: () => attributesClass() }),
    Type(attributesClass),
    Transform(({ value }) => unlessList(value)),
    ValidateNested({ message: NO_OBJECT }),
  );

/** A list of objects with their own rules, or null. Violations have the index of the object, from 0. */
export const IsNestedList = (attributesClass: () => new () => object): PropertyDecorator =>
  applyDecorators(
    ApiMember({ type: () => attributesClass(), isArray: true }),
    Type(attributesClass),
    Transform(({ value }) => (Array.isArray(value) ? value.map(unlessList) : unlessObject(value))),
    ValidateNested({ each: true, message: NO_OBJECT }),
    rule('list', ifPresent(Array.isArray), 'This value should be of type array.'),
  );

/** A resource's own rule and its text. */
export const Satisfies = (
  name: string,
  test: (text: string, settings: () => RuleSettings) => boolean,
  message: string,
): PropertyDecorator =>
  rule(name, (value, args) => typeof value !== 'string' || test(value, () => ruleSettingsOf(args)), message);

/** class-validator would check the members of a list instead of refusing the list. It refuses `false`. */
function unlessList(value: unknown): unknown {
  return Array.isArray(value) ? false : value;
}

/** It would also check an object where a list is expected. */
function unlessObject(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? false : value;
}

function tooShortText(minimum: number): string {
  return `This value is too short. It should have ${minimum} characters or more.`;
}

function tooLongText(maximum: number): string {
  return `This value is too long. It should have ${maximum} characters or less.`;
}

export function isCalendarDate(value: unknown): boolean {
  return typeof value === 'string' && /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(value) && isISO8601(value, { strict: true });
}
