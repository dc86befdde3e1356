import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SettingError } from './setting-error.js';
import { readSettings } from './settings.js';

const PEM = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const SECRET = randomBytes(32).toString('base64');
const ENCRYPTION_KEYS_RULE = 'must be id:base64,id:base64 with different ids and keys of exactly 32 bytes';
const ISSUER_RULE = 'must be 1 to 64 characters, not blank, without colons or control characters';
const METHODS_RULE = 'must be names of methods, comma-separated, each once';
const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://user@db/sallyport',
  SMTP_URL: 'smtp://mail',
  PUBLIC_URL_STOREFRONT: 'https://api.shop.example',
  MFA_SECRETS: `a:${SECRET}`,
  JWT_PRIVATE_KEY: PEM,
};

const SENDER_RULE = 'must be an e-mail address, or a name and an address such as Shop <no-reply@shop.example>';

describe('The settings', () => {
  it('have the documented defaults', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({
      environment: 'development',
      host: '127.0.0.1',
      ports: { storefront: 3000, backend: 3001 },
      mailbox: { webPort: 8025, smtpPort: 1025 },
      mailFrom: { name: '', address: 'no-reply@sallyport.test' },
      dataDir: '.data',
      accessTokenTtlSeconds: 28_800,
      refreshTokenTtlSeconds: 2_592_000,
      login: { failureLimit: 10, windowSeconds: 600, blockSeconds: 300 },
      passwordMinLength: 8,
      totp: { issuer: 'Sallyport', window: 1 },
      mfaMethods: { customer: undefined, user: undefined },
      corsOrigins: [],
      trustedProxies: [],
      shutdownDelaySeconds: 0,
      shutdownTimeoutSeconds: 30,
      limits: {
        customerAddresses: 200,
        customerCarts: 100,
        cartItems: 500,
        accountSessions: 100,
        guestCarts: 100,
        idempotencyRecords: 1000,
      },
    });
    expect(readSettings(PRODUCTION).shutdownDelaySeconds).toBe(5);
    expect(readSettings({ ...PRODUCTION, SHUTDOWN_DELAY_SECONDS: '0' }).shutdownDelaySeconds).toBe(0);
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

  it('keep the order in which methods are named, for customers and users apart', () => {
    const { mfaMethods } = readSettings({ MFA_CUSTOMER_METHODS: 'second-one, first' });
    expect(mfaMethods).toEqual({ customer: ['second-one', 'first'], user: undefined });
  });

  it('take a name for authenticator apps of up to 64 characters in any script', () => {
    const issuer = `Müller & Söhne ${'船'.repeat(49)}`;
    expect(readSettings({ MFA_TOTP_ISSUER: issuer, MFA_TOTP_WINDOW: '0' }).totp).toEqual({ issuer, window: 0 });
  });

  it.each([
    ['no-reply@shop.example', '', 'no-reply@shop.example'],
    ['<no-reply@shop.example>', '', 'no-reply@shop.example'],
    ['Harbor Supply <no-reply@shop.example>', 'Harbor Supply', 'no-reply@shop.example'],
    ['"Harbor, Supply & Söhne" <no-reply@shop.example>', 'Harbor, Supply & Söhne', 'no-reply@shop.example'],
  ])('take the sender %s', (sender, name, address) => {
    expect(readSettings({ MAIL_FROM: sender }).mailFrom).toEqual({ name, address });
  });

  it.each([
    ['STOREFRONT_PORT', '70000', 'must be a whole number from 1 to 65535'],
    ['BACKEND_PORT', 'http', 'must be a whole number from 1 to 65535'],
    ['MFA_CUSTOMER_CODE_LENGTH', '5', 'must be a whole number from 6 to 10'],
    ['MFA_USER_ATTEMPT_LIMIT', '-1', 'must be a whole number from 1 to 100'],
    ['DATABASE_URL', 'mysql://secret-host', 'must be a URL that starts with postgres:// or postgresql://'],
    [
      'DATABASE_URL',
      'postgres://secret-host/shop?prepared_statements=no',
      'must have prepared_statements=true or prepared_statements=false, where it has the parameter',
    ],
    ['SMTP_URL', 'mail.secret', 'must be a URL that starts with smtp:// or smtps://'],
    ['MAIL_FROM', 'nobody', SENDER_RULE],
    ['MAIL_FROM', 'Secret <nobody>', SENDER_RULE],
    ['MAIL_FROM', 'a@shop.example, b@shop.example', SENDER_RULE],
    ['MAIL_FROM', 'Secret\nBcc: x <a@shop.example>', SENDER_RULE],
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
    ['MFA_ENCRYPTION_KEYS', `a:${SECRET},b`, ENCRYPTION_KEYS_RULE],
    ['MFA_ENCRYPTION_KEYS', `a:${Buffer.alloc(31).toString('base64')}`, ENCRYPTION_KEYS_RULE],
    ['MFA_ENCRYPTION_KEYS', `a:${Buffer.alloc(33).toString('base64')}`, ENCRYPTION_KEYS_RULE],
    ['MFA_ENCRYPTION_KEYS', `a:${SECRET},a:${Buffer.alloc(32).toString('base64')}`, ENCRYPTION_KEYS_RULE],
    ['MFA_TOTP_ISSUER', 'Secret: Shop', ISSUER_RULE],
    ['MFA_TOTP_ISSUER', 'Secret\nShop', ISSUER_RULE],
    ['MFA_TOTP_ISSUER', 's'.repeat(65), ISSUER_RULE],
    ['MFA_TOTP_ISSUER', '  ', ISSUER_RULE],
    ['PAGES_NAME', ' ', 'must be 1 to 64 characters, not blank, without control characters'],
    ['PAGES_COLOR', 'red;}', 'must be a colour such as #0b5cad'],
    ['PAGE_SESSION_IDLE_SECONDS', '299', 'must be a whole number from 300 to 86400'],
    ['PAGE_SESSION_SECONDS', '0', 'must be a whole number from 300 to 2592000'],
    ['MFA_TOTP_WINDOW', '3', 'must be a whole number from 0 to 2'],
    ['CUSTOMER_ADDRESS_LIMIT', '0', 'must be a whole number from 1 to 10000'],
    ['CUSTOMER_CART_LIMIT', '-1', 'must be a whole number from 1 to 10000'],
    ['CART_ITEM_LIMIT', '10001', 'must be a whole number from 1 to 10000'],
    ['ACCOUNT_SESSION_LIMIT', 'many', 'must be a whole number from 1 to 10000'],
    ['GUEST_CART_LIMIT', '1e3', 'must be a whole number from 0 to 1000000'],
    ['IDEMPOTENCY_RECORD_LIMIT', '-1', 'must be a whole number from 0 to 1000000'],
    ['MFA_CUSTOMER_METHODS', 'Secret', METHODS_RULE],
    ['MFA_CUSTOMER_METHODS', 'one,two,one', METHODS_RULE],
    ['MFA_USER_METHODS', ',', METHODS_RULE],
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

  it('require secrets, keys, database, mail server and the address that mails link to in production', () => {
    for (const name of ['DATABASE_URL', 'SMTP_URL', 'PUBLIC_URL_STOREFRONT', 'MFA_SECRETS', 'JWT_PRIVATE_KEY']) {
      expect(() => readSettings({ ...PRODUCTION, [name]: undefined })).toThrow(`${name} is required in production`);
    }
    expect(() => readSettings({ ...PRODUCTION, DEMO_DATA: 'true' })).toThrow('DEMO_DATA must be false in production');
    expect(readSettings(PRODUCTION).mfaSecrets()).toHaveLength(1);
  });

  it('require keys for encryption in production only when they are used', () => {
    const { givenKeys, mfaEncryptionKeys } = readSettings(PRODUCTION);
    expect(givenKeys).toEqual({ mfa: true, encryption: false, jwt: true });
    expect(mfaEncryptionKeys).toThrow(new SettingError('MFA_ENCRYPTION_KEYS is required in production'));
  });

  it('read the keys for encryption in their order', () => {
    const [first, second] = [randomBytes(32), randomBytes(32)];
    const value = `new:${first.toString('base64')}, old:${second.toString('base64')}`;
    const { givenKeys, mfaEncryptionKeys } = readSettings({ ...PRODUCTION, MFA_ENCRYPTION_KEYS: value });
    expect(givenKeys.encryption).toBe(true);
    expect(mfaEncryptionKeys()).toEqual([
      { id: 'new', key: first },
      { id: 'old', key: second },
    ]);
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
    expect(first.mfaEncryptionKeys()).toEqual(second.mfaEncryptionKeys());
    for (const name of ['mfa-secrets', 'mfa-encryption-keys', 'jwt-private-key.pem']) {
      expect(statSync(join(dataDir, 'keys', name)).mode & 0o077).toBe(0);
    }
  });

  it('give each generated key for encryption bytes and an id of its own, so that a lost one is noticed', () => {
    const [one, other] = [1, 2].map(() => readSettings({ DATA_DIR: mkdtempSync(join(tmpdir(), 'sallyport-keys-')) }));
    const [first, second] = [one!.mfaEncryptionKeys()[0]!, other!.mfaEncryptionKeys()[0]!];
    expect(first.key).toHaveLength(32);
    expect(first.key).not.toEqual(second.key);
    expect(first.key).not.toEqual(one!.mfaSecrets()[0]!.secret);
    expect(first.id).not.toBe(second.id);
  });
});
