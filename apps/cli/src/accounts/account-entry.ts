import { z } from 'zod';
import { BirthDate, GENDERS, PersonName, ROLES, Roles, SALUTATIONS, USER_LOCALES, USER_STATUSES } from '#auth';
import { isStorable, testOf } from '#json-api';
import { FactorStatus } from '#mfa';
import { emailAddress, type EntryReader, locale, readerOf, text, uuid } from '../loading/entry-rules.js';

/**
 * What the API accepts is accepted here, by the same rules of the same attributes, and nothing else. What people cannot
 * choose, such as times and hashes, has rules of its own.
 */

/** A member of a profile; the APIs count characters, not UTF-16 units. */
const profileText = (maximum: number): z.ZodString =>
  z
    .string()
    .min(1, 'must not be empty')
    .refine(
      (value) => value.length <= maximum || [...value].length <= maximum,
      `must have at most ${maximum} characters`,
    )
    .refine(isStorable, 'holds a character that cannot be stored');

const OFFSET_OF_THE_EARTH = /^(?!0000).{19}(\.\d{1,6})?(Z|[+-](0\d|1[0-5]):\d\d)$/;

/** Checked here, because an error of the database does not say which line it is about. */
const timestamp = z
  .string()
  .refine(
    (value) => OFFSET_OF_THE_EARTH.test(value) && z.regexes.datetime({ offset: true }).test(value),
    'must be a time such as 2030-01-31T12:00:00.000000+00:00',
  );

const MAXIMUM_COUNT = 2 ** 31 - 1;
const MAXIMUM_SEALED = 16_384;
/** What jsonb cannot store: NUL, and one half of a surrogate pair. */
const UNSTORABLE = /\\u(0000|d[89a-f])/;

const count = z
  .number()
  .refine(
    (value) => Number.isInteger(value) && value >= 0 && value <= MAXIMUM_COUNT,
    `must be a whole number from 0 to ${MAXIMUM_COUNT}`,
  );

/** A bigint, as text: JavaScript's numbers are too small for it. */
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

const personName = z.string().refine(testOf(PersonName()), 'must be a name of 1 to 100 characters that can be stored');

const birthDate = z
  .string()
  .min(1, 'must be a date of birth such as 1980-01-31')
  .refine(
    testOf(BirthDate(), { now: () => new Date(), passwordMinLength: 1 }),
    'must be a date of birth such as 1980-01-31',
  );

const roles = z.array(z.enum(ROLES)).refine(testOf(Roles()), 'must be one role or more, each once');

/** With higher costs each login would take gigabytes of memory, or minutes. */
const HASH_LIMITS = { m: 1_048_576, t: 64, p: 16 } as const;

const passwordHash = z
  .string()
  .regex(
    /^\$argon2id\$v=19\$m=\d{1,7},t=\d{1,3},p=\d{1,3}\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{16,172}$/,
    'must be an argon2id hash such as $argon2id$v=19$m=19456,t=2,p=1$…$…',
  )
  .refine(
    (hash) => [...hash.matchAll(/([mtp])=(\d+)/g)].every(([, name, cost]) => isAffordable(name, Number(cost))),
    'must have costs of at most 1 GiB of memory, 64 passes and 16 lanes',
  );

function isAffordable(name: string | undefined, cost: number): boolean {
  return cost >= 1 && cost <= HASH_LIMITS[name as keyof typeof HASH_LIMITS];
}

const companyUser = z.strictObject({
  uuid,
  companyName: profileText(255),
  isActive: z.boolean(),
  isDefault: z.boolean(),
});

const times = { createdAt: timestamp, updatedAt: timestamp };

const customer = (methods: readonly string[]) =>
  z.strictObject({
    kind: z.literal('customer'),
    customerReference: text(255),
    email: emailAddress,
    passwordHash,
    salutation: z.enum(SALUTATIONS),
    firstName: personName,
    lastName: personName,
    gender: z.enum(GENDERS).nullable(),
    dateOfBirth: birthDate.nullable(),
    locale,
    confirmed: z.boolean(),
    ...times,
    companyUsers: z.array(companyUser),
    mfa: factorsEntry(methods),
  });

const user = (methods: readonly string[]) =>
  z.strictObject({
    kind: z.literal('user'),
    uuid,
    username: emailAddress,
    passwordHash,
    firstName: personName,
    lastName: personName,
    roles,
    isWarehouseUser: z.boolean(),
    locale: z.enum(USER_LOCALES),
    status: z.enum(USER_STATUSES),
    ...times,
    mfa: factorsEntry(methods),
  });

export interface OfferedMethods {
  readonly customer: readonly string[];
  readonly user: readonly string[];
}

export type AccountEntry = z.infer<ReturnType<typeof customer>> | z.infer<ReturnType<typeof user>>;

/** Names the account in every installation; ids are different in each. */
export function naturalKeyOf(entry: AccountEntry): string {
  return entry.kind === 'customer' ? entry.customerReference : entry.uuid;
}

/** Makes a reader of parsed lines for an installation that offers these methods. */
export function entryReader(methods: OfferedMethods): EntryReader<AccountEntry> {
  const schema = z.discriminatedUnion('kind', [customer(methods.customer), user(methods.user)]);
  return readerOf(schema, { unknownMember: 'is not a member of an account', kinds: ['customer', 'user'] });
}
