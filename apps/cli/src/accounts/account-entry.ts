import { z } from 'zod';
import { BirthDate, GENDERS, PersonName, ROLES, Roles, SALUTATIONS, USER_LOCALES, USER_STATUSES } from '#auth';
import { testOf } from '#json-api';
import { emailAddress, locale, ruleOf, text, uuid } from '../kinds/entry-rules.js';
import { readerOf, type EntryReader } from '../json-lines/entry-reading.js';
import { profileText, timestamp } from './entry-texts.js';
import { factorsEntry } from './factors-entry.js';

/**
 * What an app takes is taken here, by the very rules of its attributes: what was exported can be imported, and nothing
 * else. What people never choose has rules of its own.
 */

const personName = z.string().refine(testOf(PersonName()), 'must be a name of 1 to 100 characters that can be stored');

const birthDate = z
  .string()
  .min(1, 'must be a date of birth such as 1980-01-31')
  .refine(testOf(BirthDate(() => new Date())), 'must be a date of birth such as 1980-01-31');

const roles = z.array(z.enum(ROLES)).refine(testOf(Roles()), 'must be one role or more, each once');

/** More would have each login take gigabytes or minutes. */
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

const entryRuleOf: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'unrecognized_keys') return 'is not a member of an account';
  if (issue.code === 'invalid_union') return 'must be one of customer, user';
  return ruleOf(issue);
};

/** Makes a reader of parsed lines for an installation that offers these methods. */
export function entryReader(methods: OfferedMethods): EntryReader<AccountEntry> {
  return readerOf(z.discriminatedUnion('kind', [customer(methods.customer), user(methods.user)]), entryRuleOf);
}
