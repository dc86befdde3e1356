import type { AccountKind } from '#mfa';
import { isIP } from 'node:net';
import type { MailSender } from '../mail/mailer.js';
import { keySettings, type KeySettings } from './key-settings.js';
import { refuseMisspelt } from './misspelt.js';
import { SECRET_FILES, withSecretFiles } from './secret-files.js';
import { SettingError } from './setting-error.js';
import { environmentSchema, type Environment } from './settings.schema.js';

export type AppName = 'storefront' | 'backend';

/** Limits and lives of codes for one kind of account; durations in seconds. */
export interface MfaSettings {
  readonly codeLength: number;
  readonly codeTtlSeconds: number;
  readonly graceSeconds: number;
  readonly attemptLimit: number;
  readonly failureLimit: number;
  readonly lockSeconds: number;
  readonly sendBurst: number;
  readonly sendIntervalSeconds: number;
}

/** How much is kept of one account, or of one client. */
interface LimitSettings {
  readonly customerAddresses: number;
  readonly customerCarts: number;
  /** Different products in one cart. */
  readonly cartItems: number;
  /** Live sessions of an account, of each kind: its own logins, for customers, for warehouses. */
  readonly accountSessions: number;
  /** Carts of guests that one client address opens in a day and that are still there; 0: no limit. */
  readonly guestCarts: number;
  /** Requests with an `Idempotency-Key` from one client address that are remembered, a day each; 0: no limit. */
  readonly idempotencyRecords: number;
}

/** What a process was configured to do; the variables are described in the README. */
export interface Settings extends KeySettings {
  readonly environment: Environment['NODE_ENV'];
  readonly logLevel: Environment['LOG_LEVEL'];
  readonly host: string;
  readonly ports: Readonly<Record<AppName, number>>;
  readonly publicUrls: Readonly<Record<AppName, string | undefined>>;
  readonly databaseUrl: string | undefined;
  /** The login that owns the tables, where the apps have another one. */
  readonly migrationDatabaseUrl: string | undefined;
  /** How long an app that is told to stop goes on serving, for load balancers to notice. */
  readonly shutdownDelaySeconds: number;
  /** How long answers under way may take after that. */
  readonly shutdownTimeoutSeconds: number;
  readonly smtpUrl: string | undefined;
  readonly mailbox: { readonly webPort: number; readonly smtpPort: number };
  readonly mailFrom: MailSender;
  /** `true`, `false` or a path; undefined: not said. */
  readonly demoData: string | undefined;
  readonly dataDir: string;
  readonly accessTokenTtlSeconds: number;
  readonly refreshTokenTtlSeconds: number;
  readonly login: { readonly failureLimit: number; readonly windowSeconds: number; readonly blockSeconds: number };
  readonly mfa: Readonly<Record<AccountKind, MfaSettings>>;
  /** The names of the methods that are offered, in this order; undefined: not said. */
  readonly mfaMethods: Readonly<Record<AccountKind, readonly string[] | undefined>>;
  /** The name that authenticator apps show, and how many time steps before and after the present one count. */
  readonly totp: { readonly issuer: string; readonly window: number };
  readonly protectedResources: Readonly<Record<AppName, readonly string[] | undefined>>;
  readonly passwordMinLength: number;
  readonly corsOrigins: readonly string[];
  readonly trustedProxies: readonly string[];
  /** Requests to each costly public endpoint from one client address; 0: no limit. */
  readonly clientRatePerMinute: number;
  readonly limits: LimitSettings;
}

/**
 * Reads and checks the environment; the only place that does.
 *
 * @throws SettingError naming each wrong variable and its rule, a line each
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const overrides = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  refuseMisspelt(Object.keys(overrides), [...Object.keys(environmentSchema.shape), ...SECRET_FILES]);
  const result = environmentSchema.safeParse(withSecretFiles(overrides));
  if (!result.success) {
    throw new SettingError(result.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`).join('\n'));
  }
  checkProxies(result.data);
  checkLogins(result.data);
  if (result.data.NODE_ENV === 'production') checkProduction(result.data);
  return settingsOf(result.data);
}

function checkProxies({ TRUSTED_PROXIES }: Environment): void {
  const isRange = (entry: string): boolean => {
    const [address = '', bits = '0', ...others] = entry.split('/');
    return (
      isIP(address) > 0 &&
      others.length === 0 &&
      /^\d{1,3}$/.test(bits) &&
      Number(bits) <= (isIP(address) === 4 ? 32 : 128)
    );
  };
  if (!TRUSTED_PROXIES.every(isRange)) {
    throw SettingError.of('TRUSTED_PROXIES', 'must be addresses or ranges such as 10.0.0.0/8, comma-separated');
  }
}

function checkLogins({ MIGRATION_DATABASE_URL, DATABASE_URL }: Environment): void {
  if (MIGRATION_DATABASE_URL !== undefined && DATABASE_URL === undefined) {
    throw SettingError.of('MIGRATION_DATABASE_URL', 'needs DATABASE_URL beside it, with the login of the apps');
  }
}

function checkProduction(environment: Environment): void {
  const required = ['DATABASE_URL', 'SMTP_URL', 'PUBLIC_URL_STOREFRONT', 'MFA_SECRETS', 'JWT_PRIVATE_KEY'] as const;
  const missing = required.filter((name) => environment[name] === undefined);
  if (missing.length > 0) throw new SettingError(missing.map((name) => `${name} is required in production`).join('\n'));
  if (environment.DEMO_DATA !== undefined && environment.DEMO_DATA !== 'false') {
    throw SettingError.of('DEMO_DATA', 'must be false in production');
  }
}

function settingsOf(env: Environment): Settings {
  return {
    environment: env.NODE_ENV,
    logLevel: env.LOG_LEVEL,
    host: env.HOST,
    ports: { storefront: env.STOREFRONT_PORT, backend: env.BACKEND_PORT },
    publicUrls: { storefront: env.PUBLIC_URL_STOREFRONT, backend: env.PUBLIC_URL_BACKEND },
    databaseUrl: env.DATABASE_URL,
    migrationDatabaseUrl: env.MIGRATION_DATABASE_URL,
    shutdownDelaySeconds: env.SHUTDOWN_DELAY_SECONDS ?? (env.NODE_ENV === 'production' ? 5 : 0),
    shutdownTimeoutSeconds: env.SHUTDOWN_TIMEOUT_SECONDS,
    smtpUrl: env.SMTP_URL,
    mailbox: { webPort: env.MAILBOX_PORT, smtpPort: env.MAILBOX_SMTP_PORT },
    mailFrom: env.MAIL_FROM,
    demoData: env.DEMO_DATA,
    dataDir: env.DATA_DIR,
    accessTokenTtlSeconds: env.ACCESS_TOKEN_TTL_SECONDS,
    refreshTokenTtlSeconds: env.REFRESH_TOKEN_TTL_SECONDS,
    login: {
      failureLimit: env.LOGIN_FAILURE_LIMIT,
      windowSeconds: env.LOGIN_FAILURE_WINDOW_SECONDS,
      blockSeconds: env.LOGIN_BLOCK_SECONDS,
    },
    mfa: { customer: mfaSettings(env, 'MFA_CUSTOMER'), user: mfaSettings(env, 'MFA_USER') },
    mfaMethods: { customer: env.MFA_CUSTOMER_METHODS, user: env.MFA_USER_METHODS },
    totp: { issuer: env.MFA_TOTP_ISSUER, window: env.MFA_TOTP_WINDOW },
    protectedResources: {
      storefront: env.STOREFRONT_MFA_PROTECTED_RESOURCES,
      backend: env.BACKEND_MFA_PROTECTED_RESOURCES,
    },
    passwordMinLength: env.PASSWORD_MIN_LENGTH,
    corsOrigins: env.CORS_ORIGINS,
    trustedProxies: env.TRUSTED_PROXIES,
    clientRatePerMinute: env.CLIENT_RATE_PER_MINUTE,
    limits: limitSettings(env),
    ...keySettings(env),
  };
}

function limitSettings(env: Environment): LimitSettings {
  return {
    customerAddresses: env.CUSTOMER_ADDRESS_LIMIT,
    customerCarts: env.CUSTOMER_CART_LIMIT,
    cartItems: env.CART_ITEM_LIMIT,
    accountSessions: env.ACCOUNT_SESSION_LIMIT,
    guestCarts: env.GUEST_CART_LIMIT,
    idempotencyRecords: env.IDEMPOTENCY_RECORD_LIMIT,
  };
}

function mfaSettings(env: Environment, prefix: 'MFA_CUSTOMER' | 'MFA_USER'): MfaSettings {
  return {
    codeLength: env[`${prefix}_CODE_LENGTH`],
    codeTtlSeconds: env[`${prefix}_CODE_TTL_SECONDS`],
    graceSeconds: env[`${prefix}_GRACE_SECONDS`],
    attemptLimit: env[`${prefix}_ATTEMPT_LIMIT`],
    failureLimit: env[`${prefix}_FAILURE_LIMIT`],
    lockSeconds: env[`${prefix}_LOCK_SECONDS`],
    sendBurst: env[`${prefix}_SEND_BURST`],
    sendIntervalSeconds: env[`${prefix}_SEND_INTERVAL_SECONDS`],
  };
}
