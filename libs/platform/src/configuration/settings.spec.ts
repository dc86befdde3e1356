import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.js';

const PEM = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const SECRET = randomBytes(32).toString('base64');
const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://user@db/sallyport',
  SMTP_URL: 'smtp://mail',
  MFA_SECRETS: `a:${SECRET}`,
  JWT_PRIVATE_KEY: PEM,
};

describe('The settings', () => {
  it('have the documented defaults', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({
      environment: 'development',
      host: '127.0.0.1',
      ports: { storefront: 3000, backend: 3001 },
      mailbox: { webPort: 8025, smtpPort: 1025 },
      mailFrom: 'no-reply@sallyport.test',
      dataDir: '.data',
      accessTokenTtlSeconds: 28_800,
      refreshTokenTtlSeconds: 2_592_000,
      login: { failureLimit: 10, windowSeconds: 600, blockSeconds: 300 },
      passwordMinLength: 8,
      corsOrigins: [],
      trustedProxies: [],
    });
    expect(settings.mfa.customer).toEqual({
      codeLength: 6,
      codeTtlSeconds: 600,
      graceSeconds: 1800,
      attemptLimit: 3,
      failureLimit: 10,
      lockSeconds: 1800,
      sendBurst: 5,
      sendIntervalSeconds: 60,
    });
    expect(settings.mfa.user).toEqual(settings.mfa.customer);
  });

  it('treat an empty variable as one that is not set', () => {
    expect(readSettings({ STOREFRONT_PORT: '', DATABASE_URL: '' })).toMatchObject({ ports: { storefront: 3000 } });
  });

  it('configure customers and users apart', () => {
    const { mfa } = readSettings({ MFA_CUSTOMER_CODE_LENGTH: '8', MFA_USER_GRACE_SECONDS: '60' });
    expect([mfa.customer.codeLength, mfa.user.codeLength]).toEqual([8, 6]);
    expect([mfa.customer.graceSeconds, mfa.user.graceSeconds]).toEqual([1800, 60]);
  });

  it.each([
    ['STOREFRONT_PORT', '70000', 'must be a whole number from 1 to 65535'],
    ['BACKEND_PORT', 'http', 'must be a whole number from 1 to 65535'],
    ['MFA_CUSTOMER_CODE_LENGTH', '5', 'must be a whole number from 6 to 10'],
    ['MFA_USER_ATTEMPT_LIMIT', '-1', 'must be a whole number from 1 to 100'],
    ['DATABASE_URL', 'mysql://secret-host', 'must be a URL that starts with postgres:// or postgresql://'],
    ['SMTP_URL', 'mail.secret', 'must be a URL that starts with smtp:// or smtps://'],
    ['MAIL_FROM', 'nobody', 'must be an e-mail address'],
    ['NODE_ENV', 'prod', 'must be development, production or test'],
    ['LOG_LEVEL', 'loud', 'must be trace, debug, info, warn, error, fatal or silent'],
    ['TRUSTED_PROXIES', 'my-proxy', 'must be addresses or ranges such as 10.0.0.0/8, comma-separated'],
    ['PASSWORD_MIN_LENGTH', '7', 'must be a whole number from 8 to 64'],
    ['MFA_SECRETS', 'a:c2hvcnQ=', 'must be id:base64,id:base64 with different ids and secrets of 32 bytes or more'],
    [
      'MFA_SECRETS',
      `a:${SECRET},a:${SECRET}`,
      'must be id:base64,id:base64 with different ids and secrets of 32 bytes or more',
    ],
    ['JWT_PRIVATE_KEY', 'secret-no-key', 'must be an RSA private key of 2048 bits or more in PEM form'],
  ])('refuse %s=%s with the name and the rule, never the value', (name, value, rule) => {
    expect(() => readSettings({ [name]: value })).toThrow(
      new RegExp(`^${name} ${rule.replaceAll(/[.*+?^$()[\]\\]/g, '\\$&')}$`),
    );
  });

  it('name all wrong variables at once, a line each', () => {
    expect(() => readSettings({ STOREFRONT_PORT: 'x', BACKEND_PORT: 'y' })).toThrow(
      /^STOREFRONT_PORT .*\nBACKEND_PORT .*$/,
    );
  });

  it('require secrets, keys, database and mail server in production', () => {
    for (const name of ['DATABASE_URL', 'SMTP_URL', 'MFA_SECRETS', 'JWT_PRIVATE_KEY']) {
      expect(() => readSettings({ ...PRODUCTION, [name]: undefined })).toThrow(`${name} is required in production`);
    }
    expect(() => readSettings({ ...PRODUCTION, DEMO_DATA: 'true' })).toThrow('DEMO_DATA must be false in production');
    expect(readSettings(PRODUCTION).mfaSecrets()).toHaveLength(1);
  });

  it('read a key with escaped line breaks and in base64', () => {
    for (const value of [PEM.replaceAll('\n', '\\n'), Buffer.from(PEM).toString('base64')]) {
      expect(readSettings({ JWT_PRIVATE_KEY: value }).tokenKeys().privateKey.type).toBe('private');
    }
  });

  it('generate secrets and keys in development once, readable by their owner alone', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sallyport-keys-'));
    const [first, second] = [readSettings({ DATA_DIR: dataDir }), readSettings({ DATA_DIR: dataDir })];
    expect(first.mfaSecrets()).toEqual(second.mfaSecrets());
    expect(first.tokenKeys().privateKey.equals(second.tokenKeys().privateKey)).toBe(true);
    expect(statSync(join(dataDir, 'keys', 'mfa-secrets')).mode & 0o077).toBe(0);
  });
});
