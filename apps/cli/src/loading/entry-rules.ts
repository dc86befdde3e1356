import { z } from 'zod';
import { LoginEmail } from '#auth';
import { testOf } from '#json-api';
import type { Path } from './problems.js';

/** Rules of members. Their texts follow the name of the member, such as `name: must be text`, and show no value. */

const LONE_SURROGATE = /\p{Cs}/u;

export const text = (maximum: number): z.ZodString =>
  z
    .string()
    .max(maximum, `must have at most ${maximum} characters`)
    .regex(/^(?=.*\S)\P{Cc}*$/u, 'must not be blank, nor hold control characters')
    .refine((value) => !LONE_SURROGATE.test(value), 'holds a character that cannot be stored');

/** The rule of the APIs, so that the person can log in. */
export const emailAddress = z
  .string()
  .refine(testOf(LoginEmail()), 'must be an e-mail address of at most 100 characters');

export const uuid = z.string().regex(z.regexes.guid, 'must be a uuid').toLowerCase();

export const locale = z.string().regex(/^[a-z]{2}_[A-Z]{2}$/, 'must be a locale such as en_US');

export const password = z
  .string()
  .min(8, 'must have at least 8 characters')
  .max(128, 'must have at most 128 characters');

export const id = z
  .number()
  .refine((value) => Number.isSafeInteger(value) && value > 0, 'must be a whole number greater than 0');

export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency such as EUR');

export const iso2Code = z.string().regex(/^[A-Z]{2}$/, 'must be a country such as DE');

/** What an integer column holds. */
const MAXIMUM_AMOUNT = 2 ** 31 - 1;

export const amount = z
  .number()
  .refine(
    (value) => Number.isInteger(value) && value >= 0 && value <= MAXIMUM_AMOUNT,
    `must be a whole number from 0 to ${MAXIMUM_AMOUNT}`,
  );

export const taxRate = z
  .number()
  .refine(
    (value) => value >= 0 && value <= 100 && Number(value.toFixed(2)) === value,
    'must be from 0 to 100, with two decimals at most',
  );

/** In minor units, by currency. */
export const prices = z
  .record(currency, z.strictObject({ gross: amount, net: amount }))
  .refine((value) => Object.keys(value).length > 0, 'must have a price');

const TYPE_RULES: Readonly<Record<string, string>> = {
  string: 'must be text',
  boolean: 'must be true or false',
  number: 'must be a number',
  array: 'must be a list',
  object: 'must be an object',
  record: 'must be an object',
};

/** Either an entry, or all that is wrong with it; the texts show no value. */
export type EntryReading<Entry> =
  | { readonly entry: Entry; readonly wrong?: undefined }
  | { readonly wrong: readonly WrongMember[]; readonly entry?: undefined };

export interface WrongMember {
  readonly path: Path;
  readonly rule: string;
}

export type EntryReader<Entry> = (value: unknown) => EntryReading<Entry>;

/** What a reader says where the rules have no text of their own. */
export interface ReaderTexts {
  /** Of a member that the schema does not know. */
  readonly unknownMember: string;
  /** The kinds of entries that a union has. */
  readonly kinds?: readonly string[];
}

/** Makes a reader of parsed values: the one way in which entries of files are checked. */
export function readerOf<Entry>(schema: z.ZodType<Entry>, texts: ReaderTexts): EntryReader<Entry> {
  const error: z.core.$ZodErrorMap = (issue) => ruleOf(issue, texts);
  return (value) => {
    const { data, error: refusal } = schema.safeParse(value, { error });
    return data ? { entry: data } : { wrong: (refusal?.issues ?? []).flatMap(wrongMembers) };
  };
}

/** zod tells all unknown members of an object in one issue. */
function wrongMembers({ path, message: rule, ...issue }: z.core.$ZodIssue): WrongMember[] {
  if (issue.code !== 'unrecognized_keys') return [{ path, rule }];
  return issue.keys.map((key) => ({ path: [...path, key], rule }));
}

function ruleOf(issue: z.core.$ZodRawIssue, { unknownMember, kinds = [] }: ReaderTexts): string | undefined {
  if (issue.code === 'unrecognized_keys') return unknownMember;
  if (issue.code === 'invalid_union') return `must be one of ${kinds.join(', ')}`;
  if (issue.code === 'invalid_key') return issue.issues[0]?.message;
  if (issue.input === undefined) return 'is missing';
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  return (issue.code === 'invalid_type' && TYPE_RULES[issue.expected]) || 'is wrong';
}
