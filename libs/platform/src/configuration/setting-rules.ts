import { z } from 'zod';
import { PREPARED_STATEMENTS } from '../database/connection-options.js';

/**
 * The text of a rule follows the variable's name in messages: it must tell an operator everything about a wrong value.
 */
export const text = (rule: string): z.ZodString => z.string(rule).min(1, rule);

/** @param says describes the setting in the documentation, after the bounds */
export function integer(minimum: number, maximum: number, says: string): z.ZodType<number>;
export function integer(
  minimum: number,
  maximum: number,
  says: string,
  fallback: number,
): z.ZodDefault<z.ZodType<number>>;
export function integer(minimum: number, maximum: number, says: string, fallback?: number): z.ZodType {
  const rule = `must be a whole number from ${minimum} to ${maximum}`;
  const schema = z
    .string(rule)
    .regex(/^\d{1,10}$/, rule)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, rule);
  const description = `${minimum} to ${maximum}: ${says}`;
  return fallback === undefined ? schema.describe(description) : schema.default(fallback).describe(description);
}

export const port = (fallback: number, says: string): z.ZodDefault<z.ZodType<number>> =>
  integer(1, 65_535, says, fallback);

export const url = (schemes: readonly string[]): z.ZodString => {
  const rule = `must be a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`;
  return z.string(rule).refine((value) => isUrl(value, schemes), rule) as unknown as z.ZodString;
};

export const databaseUrl = url(['postgres', 'postgresql']).refine(
  (value) =>
    !URL.canParse(value) || ['true', 'false', null].includes(new URL(value).searchParams.get(PREPARED_STATEMENTS)),
  `must have ${PREPARED_STATEMENTS}=true or ${PREPARED_STATEMENTS}=false, where it has the parameter`,
);

function isUrl(value: string, schemes: readonly string[]): boolean {
  return URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1));
}

export const commaList = z.string().transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

function isOrigin(value: string): boolean {
  return URL.canParse(value) && new URL(value).origin === value;
}

export const origins = commaList.refine(
  (list) => list.every(isOrigin),
  'must be origins such as https://shop.example, comma-separated',
);

/** An empty list would silently leave everything unprotected. */
export const resourceTypes = commaList.refine((types) => types.length > 0, 'must be resource types, comma-separated');

/** In the key URI of authenticator apps, a colon ends the issuer's name. */
const ISSUER = /^(?=.*\S)[^:\p{Cc}]{1,64}$/u;

export const issuer = z
  .string()
  .regex(ISSUER, 'must be 1 to 64 characters, not blank, without colons or control characters');

export const pagesName = z
  .string()
  .regex(/^(?=.*\S)[^\p{Cc}]{1,64}$/u, 'must be 1 to 64 characters, not blank, without control characters');

export const color = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0b5cad');

const METHOD_NAME = /^[a-z][a-z0-9-]{0,31}$/;

function isListOfMethods(names: readonly string[]): boolean {
  return names.length > 0 && names.every((name) => METHOD_NAME.test(name)) && new Set(names).size === names.length;
}

/** Only libs/mfa knows which methods exist, so the names are checked there. */
export const methods = commaList.refine(isListOfMethods, 'must be names of methods, comma-separated, each once');

/** `no-reply@shop.example`, or `Shop <no-reply@shop.example>`; the name may be in quotes. */
export const mailSender = z
  .string()
  .transform((value) => /^(?:"?([^"<>]*?)"?\s*<([^<>]*)>|([^<>]*))$/.exec(value.trim()))
  .transform((match) => ({ name: match?.[1] ?? '', address: match?.[2] ?? match?.[3] ?? '' }))
  .refine(
    ({ name, address }) => z.email().safeParse(address).success && !/\p{Cc}/u.test(name),
    'must be an e-mail address, or a name and an address such as Shop <no-reply@shop.example>',
  );
