import { isIP } from 'node:net';
import type { AccountKind, MfaLimits } from '#mfa';
import type { MailSender } from '../mail/mailer.js';
import { keySettings, type KeySettings } from './key-settings.js';
import { limitsIn, MFA_LIMITS, STORAGE_LIMITS, type StorageLimits } from './limits.js';
import type { Logo } from './logo-file.js';
import { refuseMisspelt } from './misspelt.js';
import { SECRET_FILES, withSecretFiles } from './secret-files.js';
import { SettingError } from './setting-error.js';
import { environmentSchema, type Environment } from './settings.schema.js';

export type AppName = 'storefront' | 'backend';

/** The configuration of a process. docs/settings.md describes the variables. */
export interface Settings extends KeySettings {
  readonly environment: Environment['NODE_ENV'];
  readonly logLevel: Environment['LOG_LEVEL'];
  readonly host: string;
  readonly ports: Readonly<Record<AppName, number>>;
  readonly publicUrls: Readonly<Record<AppName, string | undefined>>;
  readonly databaseUrl: string | undefined;
  /** The login that owns the tables, if the apps use another one. */
  readonly migrationDatabaseUrl: string | undefined;
  /** How long an app keeps serving after it is told to stop, so that load balancers notice, in seconds. */
  readonly shutdownDelaySeconds: number;
  /** How long requests in progress may take after that, in seconds. */
  readonly shutdownTimeoutSeconds: number;
  readonly smtpUrl: string | undefined;
  readonly mailbox: { readonly webPort: number; readonly smtpPort: number };
  readonly mailFrom: MailSender;
  /** `true`, `false` or a path. Undefined if not set. */
  readonly demoData: string | undefined;
  readonly dataDir: string;
  readonly accessTokenTtlSeconds: number;
  readonly refreshTokenTtlSeconds: number;
  /** How pages and mails look, and how long people stay signed in on them. */
  readonly pages: {
    readonly name: string;
    /** Such as `#0b5cad`. */
    readonly color: string;
    /** Undefined: the name alone is shown. */
    readonly logo: Logo | undefined;
    readonly sessionIdleSeconds: number;
    readonly sessionSeconds: number;
  };
  readonly login: { readonly failureLimit: number; readonly windowSeconds: number; readonly blockSeconds: number };
  readonly mfa: Readonly<Record<AccountKind, MfaLimits>>;
  /** The names of the offered methods, in this order. Undefined if not set. */
  readonly mfaMethods: Readonly<Record<AccountKind, readonly string[] | undefined>>;
  /** The name that authenticator apps show, and how many time steps before and after the current one are accepted. */
  readonly totp: { readonly issuer: string; readonly window: number };
  readonly protectedResources: Readonly<Record<AppName, readonly string[] | undefined>>;
  readonly passwordMinLength: number;
  readonly corsOrigins: readonly string[];
  readonly trustedProxies: readonly string[];
  /**
   * The number of costly requests of a kind that one client address may send in a minute. 0: no limit.
   */
  readonly clientRatePerMinute: number;
  readonly limits: StorageLimits;
}

/**
 * Reads and checks the environment. Nothing else in the apps does.
 *
 * @throws SettingError naming each wrong variable and its rule, one per line
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const variables = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  refuseMisspelt(Object.keys(variables), [...Object.keys(environmentSchema.shape), ...SECRET_FILES]);
  const result = environmentSchema.safeParse(withSecretFiles(variables));
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
    pages: pageSettings(env),
    login: {
      failureLimit: env.LOGIN_FAILURE_LIMIT,
      windowSeconds: env.LOGIN_FAILURE_WINDOW_SECONDS,
      blockSeconds: env.LOGIN_BLOCK_SECONDS,
    },
    mfa: { customer: limitsIn(MFA_LIMITS, env, 'MFA_CUSTOMER_'), user: limitsIn(MFA_LIMITS, env, 'MFA_USER_') },
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
    limits: limitsIn(STORAGE_LIMITS, env),
    ...keySettings(env),
  };
}

function pageSettings(env: Environment): Settings['pages'] {
  return {
    name: env.PAGES_NAME,
    color: env.PAGES_COLOR,
    logo: env.PAGES_LOGO,
    sessionIdleSeconds: env.PAGE_SESSION_IDLE_SECONDS,
    sessionSeconds: env.PAGE_SESSION_SECONDS,
  };
}
