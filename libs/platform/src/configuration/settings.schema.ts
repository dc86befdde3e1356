import { z } from 'zod';
import { limitSchemas, MFA_LIMITS, STORAGE_LIMITS } from './limits.js';
import { logoFile } from './logo-file.js';
import {
  color,
  commaList,
  databaseUrl,
  integer,
  issuer,
  mailSender,
  methods,
  origins,
  pagesName,
  port,
  resourceTypes,
  text,
  url,
} from './setting-rules.js';

const STOREFRONT_PROTECTED = '`customer-password`, `customers`, `addresses`, `carts`, `checkout`, `order-payments`';
const SHUTDOWN_DELAY =
  "how long an app that is told to stop says that it is not ready and goes on serving: longer than the load balancer's checks take to notice";

/** Each setting with its description for docs/settings.md. `shown` is the default there if the schema has none. */
export const environmentSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'must be development, production or test')
    .default('development')
    .describe('`development`, `production` or `test`; see [production](#production)'),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'must be trace, debug, info, warn, error, fatal or silent',
    )
    .default('info')
    .meta({
      shown: '`info`; `warn` for the apps of `npm start`',
      description: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`',
    }),
  HOST: text('must be a host name or an address')
    .default('127.0.0.1')
    .describe("address that the apps and the mailbox's web page listen on"),
  STOREFRONT_PORT: port(3000, 'where the storefront listens'),
  BACKEND_PORT: port(3001, 'where the backend listens'),
  DATABASE_URL: databaseUrl
    .optional()
    .describe(
      '`postgres://` or `postgresql://`; PostgreSQL 15 or newer, in UTF8 ([what sessions have](operations.md#sessions-of-the-database)). Not set: `npm start` brings a database',
    ),
  MIGRATION_DATABASE_URL: databaseUrl
    .optional()
    .describe(
      'another login for `npm run migrate`, `npm start` and `audit archive`; it owns the tables then, and that of `DATABASE_URL` cannot change the audit trail',
    ),
  SMTP_URL: url(['smtp', 'smtps'])
    .optional()
    .describe('`smtp://` or `smtps://`. Not set: `npm start` brings a mailbox'),
  MAILBOX_PORT: port(8025, 'the web page of the local mailbox'),
  MAILBOX_SMTP_PORT: port(1025, 'where the local mailbox takes mails'),
  MAIL_FROM: mailSender.default({ name: '', address: 'no-reply@sallyport.test' }).meta({
    shown: '`no-reply@sallyport.test`',
    description: 'sender of the mails: an address, or `Shop <no-reply@shop.example>`',
  }),
  PUBLIC_URL_STOREFRONT: url(['http', 'https']).optional().meta({
    shown: 'as the client called',
    description:
      'base of the links in answers, and in mails to customers; those are never made from a request (default: `HOST` and the port)',
  }),
  PUBLIC_URL_BACKEND: url(['http', 'https'])
    .optional()
    .meta({ shown: 'as the client called', description: 'likewise, for users' }),
  DEMO_DATA: text('must be true, false or the path of a JSON file').optional().meta({
    shown: '`true` for `npm start`',
    description: '`true`, `false` or the path of a JSON file; only `false` in production',
  }),
  DATA_DIR: text('must be the path of a folder')
    .default('.data')
    .describe('folder of the embedded database and the generated keys'),
  MFA_SECRETS: text('must be id:base64,id:base64 with secrets of 32 bytes or more').optional().meta({
    shown: 'generated into `DATA_DIR`',
    description: '`id:base64,id:base64`, 32 bytes or more each; the first one signs, all verify',
  }),
  MFA_ENCRYPTION_KEYS: text('must be id:base64,id:base64 with keys of exactly 32 bytes').optional().meta({
    shown: 'generated into `DATA_DIR`',
    description:
      '`id:base64,id:base64`, exactly 32 bytes each; the first one seals credentials such as the secrets of authenticator apps, all open; never the value of `MFA_SECRETS`',
  }),
  MFA_TOTP_ISSUER: issuer
    .default('Sallyport')
    .describe(
      'the name that authenticator apps show: 1 to 64 characters, not blank, without colons or control characters',
    ),
  MFA_TOTP_WINDOW: integer(0, 2, 'steps of 30 s before and after the present one are accepted too', 1),
  MFA_CUSTOMER_METHODS: methods.optional().meta({
    shown: 'all methods',
    description:
      'names of methods, comma-separated, each once; they are offered to customers in this order: `email,totp,recovery-code`. Who has set another one up keeps it',
  }),
  MFA_USER_METHODS: methods.optional().meta({ shown: 'all methods', description: 'likewise, to users' }),
  ...limitSchemas(MFA_LIMITS, 'MFA_CUSTOMER_'),
  ...limitSchemas(MFA_LIMITS, 'MFA_USER_'),
  STOREFRONT_MFA_PROTECTED_RESOURCES: resourceTypes
    .optional()
    .meta({ shown: STOREFRONT_PROTECTED, description: 'comma-separated resource types; replaces the default' }),
  BACKEND_MFA_PROTECTED_RESOURCES: resourceTypes
    .optional()
    .meta({ shown: '`warehouse-user-assignments`', description: 'likewise' }),
  JWT_PRIVATE_KEY: text('must be an RSA private key of 2048 bits or more in PEM form').optional().meta({
    shown: 'generated into `DATA_DIR`',
    description: 'RSA private key of 2048 bits or more as PEM; line breaks as `\\n`, or all of it in base64',
  }),
  JWT_PUBLIC_KEYS: text('must be RSA public keys in PEM form, one after the other')
    .optional()
    .describe('public keys that verify beside the own one: former ones, and the next one; PEM, one after the other'),
  ACCESS_TOKEN_TTL_SECONDS: integer(60, 604_800, 'the life of an access token', 28_800),
  REFRESH_TOKEN_TTL_SECONDS: integer(60, 31_536_000, 'the life of a refresh token', 2_592_000),
  PAGES_NAME: pagesName
    .default('Sallyport')
    .describe('the name of the shop on pages and in mails: 1 to 64 characters, not blank'),
  PAGES_COLOR: color
    .default('#0b5cad')
    .describe(
      'the colour of links and buttons on pages and in mails, such as `#0b5cad`; it is made darker or lighter where it could not be read',
    ),
  PAGES_LOGO: logoFile
    .optional()
    .describe(
      'path of an SVG or PNG file of at most 64 kB, read at the start; pages show it in their header, in place of the name',
    ),
  PAGE_SESSION_IDLE_SECONDS: integer(
    300,
    86_400,
    'how long a session of pages lasts without a request; looked at to the minute',
    1800,
  ),
  PAGE_SESSION_SECONDS: integer(300, 2_592_000, 'how long it lasts at most, from the sign-in on', 43_200),
  LOGIN_FAILURE_LIMIT: integer(1, 1000, 'failures of one account name and client address …', 10),
  LOGIN_FAILURE_WINDOW_SECONDS: integer(1, 86_400, '… within this time …', 600),
  LOGIN_BLOCK_SECONDS: integer(1, 86_400, '… block them for this time', 300),
  PASSWORD_MIN_LENGTH: integer(8, 64, 'characters of a new password', 8),
  CORS_ORIGINS: origins.default([]).describe('comma-separated origins that may call from a browser'),
  TRUSTED_PROXIES: commaList
    .default([])
    .describe('comma-separated addresses or ranges whose forwarding headers are believed'),
  CLIENT_RATE_PER_MINUTE: integer(
    0,
    100_000,
    'costly requests of a kind, such as all that check a password, from one client address (IPv6: a /64) in a minute; 0: no limit',
    120,
  ),
  ...limitSchemas(STORAGE_LIMITS),
  SHUTDOWN_DELAY_SECONDS: integer(0, 300, SHUTDOWN_DELAY)
    .optional()
    .meta({ shown: '0; 5 in production', description: `0 to 300: ${SHUTDOWN_DELAY}` }),
  SHUTDOWN_TIMEOUT_SECONDS: integer(1, 300, 'how long answers under way may take after that', 30),
});

export type Environment = z.infer<typeof environmentSchema>;
