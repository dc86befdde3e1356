import { buildMessage, isEmail, ValidateBy, type ValidationArguments, type ValidationOptions } from 'class-validator';

/**
 * The rules of attribute validation with the texts of the contract (section 3.1), as class-validator decorators.
 *
 * `RULE_ORDER` is the order in which the violations of one field are answered: blank before type before length before
 * range (section 4, point 5).
 */
export const RULE_ORDER = ['notBlank', 'textType', 'email', 'minLength', 'maxLength'];

type Test = (value: unknown, args?: ValidationArguments) => boolean;

function rule(name: string, test: Test, message: string | ((args?: ValidationArguments) => string)): PropertyDecorator {
  const defaultMessage = typeof message === 'string' ? buildMessage(() => message) : message;
  return ValidateBy({ name, validator: { validate: test, defaultMessage } }, {} satisfies ValidationOptions);
}

/** Rules other than `NotBlank` judge only what is there. */
const ifPresent =
  (test: (value: unknown) => boolean): Test =>
  (value) =>
    value === undefined || value === null || test(value);

const ifText = (test: (value: string) => boolean): Test =>
  ifPresent((value) => typeof value !== 'string' || test(value));

/** Present, not null and not an empty string. */
export const NotBlank = (): PropertyDecorator =>
  rule(
    'notBlank',
    (value) => value !== undefined && value !== null && value !== '',
    (args) => (args?.value === undefined ? 'This field is missing.' : 'This value should not be blank.'),
  );

export const Text = (): PropertyDecorator =>
  rule(
    'textType',
    ifPresent((value) => typeof value === 'string'),
    'This value should be of type string.',
  );

/** Length in characters (code points), both bounds included. */
export const Length = (minimum: number, maximum: number): PropertyDecorator => {
  const tooShort = rule(
    'minLength',
    ifText((text) => [...text].length >= minimum),
    tooShortText(minimum),
  );
  const tooLong = rule(
    'maxLength',
    ifText((text) => [...text].length <= maximum),
    tooLongText(maximum),
  );
  return (target, property) => {
    if (minimum > 0) tooShort(target, property);
    tooLong(target, property);
  };
};

export const EmailAddress = (): PropertyDecorator =>
  rule(
    'email',
    ifText((text) => text === '' || isEmail(text)),
    'This value is not a valid email address.',
  );

/** A rule of a resource's own, with its text. */
export const Satisfies = (name: string, test: (text: string) => boolean, message: string): PropertyDecorator =>
  rule(name, ifText(test), message);

function tooShortText(minimum: number): string {
  return `This value is too short. It should have ${minimum} characters or more.`;
}

function tooLongText(maximum: number): string {
  return `This value is too long. It should have ${maximum} characters or less.`;
}
