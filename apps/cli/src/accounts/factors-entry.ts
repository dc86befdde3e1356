import { z } from 'zod';
import { FactorStatus } from '#mfa';
import { uuid } from '../kinds/entry-rules.js';
import { profileText, timestamp } from './entry-texts.js';

const MAXIMUM_COUNT = 2 ** 31 - 1;
const MAXIMUM_SEALED = 16_384;
/** What jsonb does not take: NUL, and half of a pair of surrogates. */
const UNSTORABLE = /\\u(0000|d[89a-f])/;

const count = z
  .number()
  .refine(
    (value) => Number.isInteger(value) && value >= 0 && value <= MAXIMUM_COUNT,
    `must be a whole number from 0 to ${MAXIMUM_COUNT}`,
  );

/** Kept as text between two databases: a bigint. */
const counter = z.string().regex(/^-?\d{1,18}$/, 'must be a whole number in quotation marks');

const sealed = z
  .string()
  .max(MAXIMUM_SEALED, `must have at most ${MAXIMUM_SEALED} characters`)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'must be base64');

const publicData = z
  .record(z.string(), z.unknown())
  .refine((value) => !UNSTORABLE.test(JSON.stringify(value)), 'holds a character that cannot be stored');

const credential = (methods: readonly string[]) =>
  z.strictObject({
    id: uuid,
    method: z.enum([...methods]),
    keyId: z.string().regex(/^[A-Za-z0-9_-]{1,32}$/, 'must be the id of a key'),
    sealed,
    publicData: publicData.nullable(),
    counter,
    name: profileText(255).nullable(),
    createdAt: timestamp,
    lastUsedAt: timestamp.nullable(),
  });

const factor = (methods: readonly string[]) =>
  z.strictObject({
    method: z.enum([...methods]),
    status: z.literal([FactorStatus.pending, FactorStatus.active]),
    activatedAt: timestamp.nullable(),
  });

/** @param methods the names of the methods that this installation offers */
export const factorsEntry = (methods: readonly string[]) =>
  z
    .strictObject({
      failureCount: count,
      lockedUntil: timestamp.nullable(),
      sendsUntil: timestamp.nullable(),
      methods: z
        .array(factor(methods))
        .refine((all) => new Set(all.map(({ method }) => method)).size === all.length, 'must name each method once'),
      credentials: z
        .array(credential(methods))
        .refine((all) => new Set(all.map(({ id }) => id.toLowerCase())).size === all.length, 'must have each id once')
        .optional(),
    })
    .refine(({ methods: factors, credentials = [] }) => credentials.every(({ method }) => isActive(factors, method)), {
      path: ['credentials'],
      message: 'must be of methods that are active',
    })
    .nullable();

export type FactorsEntry = NonNullable<z.infer<ReturnType<typeof factorsEntry>>>;

type FactorEntry = z.infer<ReturnType<typeof factor>>;

function isActive(factors: readonly FactorEntry[], name: string): boolean {
  return factors.some(({ method, status }) => method === name && status === FactorStatus.active);
}
