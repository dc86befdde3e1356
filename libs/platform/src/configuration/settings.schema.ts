import { z } from 'zod';
import { PREPARED_STATEMENTS } from '../database/connection-options.js';

/** One rule a line: the text after the variable's name is all that an operator is told about a wrong value. */

const text = (rule: string): z.ZodString => z.string(rule).min(1, rule);

function integer(minimum: number, maximum: number): z.ZodType<number>;
function integer(minimum: number, maximum: number, fallback: number): z.ZodDefault<z.ZodType<number>>;
function integer(minimum: number, maximum: number, fallback?: number): z.ZodType {
  const rule = `must be a whole number from ${minimum} to ${maximum}`;
  const schema = z
    .string(rule)
    .regex(/^\d{1,10}$/, rule)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, rule);
  return fallback === undefined ? schema : schema.default(fallback);
}

const port = (fallback: number): z.ZodDefault<z.ZodType<number>> => integer(1, 65_535, fallback);

const url = (schemes: readonly string[]): z.ZodString => {
  const rule = `must be a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`;
  return z.string(rule).refine((value) => isUrl(value, schemes), rule) as unknown as z.ZodString;
};

const databaseUrl = url(['postgres', 'postgresql']).refine(
  (value) =>
    !URL.canParse(value) || ['true', 'false', null].includes(new URL(value).searchParams.get(PREPARED_STATEMENTS)),
  `must have ${PREPARED_STATEMENTS}=true or ${PREPARED_STATEMENTS}=false, where it has the parameter`,
);

function isUrl(value: string, schemes: readonly string[]): boolean {
  return URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1));
}

function isOrigin(value: string): boolean {
  return URL.canParse(value) && new URL(value).origin === value;
}

const commaList = z.string().transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

/** A list that protects nothing would be a hole that nobody sees. */
const resourceTypes = commaList.refine((types) => types.length > 0, 'must be resource types, comma-separated');

/** A colon would end the issuer's name in the key URI of authenticator apps. */
const ISSUER = /^(?=.*\S)[^:\p{Cc}]{1,64}$/u;

const METHOD_NAME = /^[a-z][a-z0-9-]{0,31}$/;

function isListOfMethods(names: readonly string[]): boolean {
  return names.length > 0 && names.every((name) => METHOD_NAME.test(name)) && new Set(names).size === names.length;
}

/** Whether there are methods of these names is known to the library alone. */
const methods = commaList.refine(isListOfMethods, 'must be names of methods, comma-separated, each once');

/** The MFA settings of one kind of account; customers and users are configured apart. */
function mfaPolicy<Prefix extends string>(prefix: Prefix) {
  const entries = {
    [`${prefix}_CODE_LENGTH`]: integer(6, 10, 6),
    [`${prefix}_CODE_TTL_SECONDS`]: integer(30, 86_400, 600),
    [`${prefix}_GRACE_SECONDS`]: integer(1, 86_400, 1800),
    [`${prefix}_ATTEMPT_LIMIT`]: integer(1, 100, 3),
    [`${prefix}_FAILURE_LIMIT`]: integer(1, 1000, 10),
    [`${prefix}_LOCK_SECONDS`]: integer(1, 604_800, 1800),
    [`${prefix}_SEND_BURST`]: integer(1, 1000, 5),
    [`${prefix}_SEND_INTERVAL_SECONDS`]: integer(1, 86_400, 60),
  };
  type Name =
    | 'CODE_LENGTH'
    | 'CODE_TTL_SECONDS'
    | 'GRACE_SECONDS'
    | 'ATTEMPT_LIMIT'
    | 'FAILURE_LIMIT'
    | 'LOCK_SECONDS'
    | 'SEND_BURST'
    | 'SEND_INTERVAL_SECONDS';
  return entries as Record<`${Prefix}_${Name}`, z.ZodDefault<z.ZodType<number>>>;
}

/** `no-reply@shop.example`, or `Shop <no-reply@shop.example>` with the name in quotes or without. */
const mailSender = z
  .string()
  .transform((value) => /^(?:"?([^"<>]*?)"?\s*<([^<>]*)>|([^<>]*))$/.exec(value.trim()))
  .transform((match) => ({ name: match?.[1] ?? '', address: match?.[2] ?? match?.[3] ?? '' }))
  .refine(
    ({ name, address }) => z.email().safeParse(address).success && !/\p{Cc}/u.test(name),
    'must be an e-mail address, or a name and an address such as Shop <no-reply@shop.example>',
  );

export const environmentSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'must be development, production or test')
    .default('development'),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'must be trace, debug, info, warn, error, fatal or silent',
    )
    .default('info'),
  HOST: text('must be a host name or an address').default('127.0.0.1'),
  STOREFRONT_PORT: port(3000),
  BACKEND_PORT: port(3001),
  SHUTDOWN_DELAY_SECONDS: integer(0, 300).optional(),
  SHUTDOWN_TIMEOUT_SECONDS: integer(1, 300, 30),
  PUBLIC_URL_STOREFRONT: url(['http', 'https']).optional(),
  PUBLIC_URL_BACKEND: url(['http', 'https']).optional(),
  DATABASE_URL: databaseUrl.optional(),
  MIGRATION_DATABASE_URL: databaseUrl.optional(),
  SMTP_URL: url(['smtp', 'smtps']).optional(),
  MAILBOX_PORT: port(8025),
  MAILBOX_SMTP_PORT: port(1025),
  MAIL_FROM: mailSender.default({ name: '', address: 'no-reply@sallyport.test' }),
  DEMO_DATA: text('must be true, false or the path of a JSON file').optional(),
  DATA_DIR: text('must be the path of a folder').default('.data'),
  MFA_SECRETS: text('must be id:base64,id:base64 with secrets of 32 bytes or more').optional(),
  MFA_ENCRYPTION_KEYS: text('must be id:base64,id:base64 with keys of exactly 32 bytes').optional(),
  MFA_TOTP_ISSUER: z
    .string()
    .regex(ISSUER, 'must be 1 to 64 characters, not blank, without colons or control characters')
    .default('Sallyport'),
  MFA_TOTP_WINDOW: integer(0, 2, 1),
  JWT_PRIVATE_KEY: text('must be an RSA private key of 2048 bits or more in PEM form').optional(),
  JWT_PUBLIC_KEYS: text('must be RSA public keys in PEM form, one after the other').optional(),
  ACCESS_TOKEN_TTL_SECONDS: integer(60, 604_800, 28_800),
  REFRESH_TOKEN_TTL_SECONDS: integer(60, 31_536_000, 2_592_000),
  LOGIN_FAILURE_LIMIT: integer(1, 1000, 10),
  LOGIN_FAILURE_WINDOW_SECONDS: integer(1, 86_400, 600),
  LOGIN_BLOCK_SECONDS: integer(1, 86_400, 300),
  MFA_CUSTOMER_METHODS: methods.optional(),
  MFA_USER_METHODS: methods.optional(),
  ...mfaPolicy('MFA_CUSTOMER'),
  ...mfaPolicy('MFA_USER'),
  STOREFRONT_MFA_PROTECTED_RESOURCES: resourceTypes.optional(),
  BACKEND_MFA_PROTECTED_RESOURCES: resourceTypes.optional(),
  PASSWORD_MIN_LENGTH: integer(8, 64, 8),
  CORS_ORIGINS: commaList
    .refine((origins) => origins.every(isOrigin), 'must be origins such as https://shop.example, comma-separated')
    .default([]),
  TRUSTED_PROXIES: commaList.default([]),
  CLIENT_RATE_PER_MINUTE: integer(0, 100_000, 120),
  CUSTOMER_ADDRESS_LIMIT: integer(1, 10_000, 200),
  CUSTOMER_CART_LIMIT: integer(1, 10_000, 100),
  CART_ITEM_LIMIT: integer(1, 10_000, 500),
  ACCOUNT_SESSION_LIMIT: integer(1, 10_000, 100),
  GUEST_CART_LIMIT: integer(0, 1_000_000, 100),
  IDEMPOTENCY_RECORD_LIMIT: integer(0, 1_000_000, 10_000),
});

export type Environment = z.infer<typeof environmentSchema>;
