import { z } from 'zod';

/** Rules of members, with the texts that a person reads behind the place of a fault. No text shows a value. */

export const text = (maximum: number): z.ZodString =>
  z
    .string()
    .max(maximum, `must have at most ${maximum} characters`)
    .regex(/^(?=.*\S)\P{Cc}*$/u, 'must not be blank, nor hold control characters');

export const emailAddress = z
  .string()
  .max(254, 'must have at most 254 characters')
  .regex(z.regexes.email, 'must be an e-mail address');

export const uuid = z.string().regex(z.regexes.guid, 'must be a uuid').toLowerCase();

export const locale = z.string().regex(/^[a-z]{2}_[A-Z]{2}$/, 'must be a locale such as en_US');

export const password = z
  .string()
  .min(8, 'must have at least 8 characters')
  .max(128, 'must have at most 128 characters');

export const id = z
  .number()
  .refine((value) => Number.isSafeInteger(value) && value > 0, 'must be a whole number greater than 0');

const TYPE_RULES: Readonly<Record<string, string>> = {
  string: 'must be text',
  boolean: 'must be true or false',
  number: 'must be a number',
  array: 'must be a list',
  object: 'must be an object',
};

/** The rule behind a fault that has no text of its own. */
export const ruleOf: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'unrecognized_keys') return 'is not a member of this list';
  if (issue.input === undefined) return 'is missing';
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  return (issue.code === 'invalid_type' && TYPE_RULES[issue.expected]) || 'is wrong';
};
