import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.js';

describe('A variable that is none of the settings', () => {
  it.each([
    ['MFA_CUSTOMER_CODE_LENGHT', 'MFA_CUSTOMER_CODE_LENGTH'],
    ['MFA_CODE_TTL_SECONDS', 'MFA_USER_CODE_TTL_SECONDS'],
    ['STOREFRONT_PROT', 'STOREFRONT_PORT'],
    ['JWT_PRIVATE_KEY_FILES', 'JWT_PRIVATE_KEY_FILE'],
    ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
    ['DATABSE_URL', 'DATABASE_URL'],
    ['MAIL_FORM', 'MAIL_FROM'],
    ['PUBLIC_URL_STORFRONT', 'PUBLIC_URL_STOREFRONT'],
  ])('stops the start when it is %s, and names %s', (variable, nearest) => {
    expect(() => readSettings({ [variable]: 'hush' })).toThrow(
      new RegExp(`^${variable} is no setting; the nearest one is ${nearest}$`),
    );
  });

  it.each([
    ...['HOME', 'HOSTNAME', 'PORT', 'PGPORT', 'HTTP_URL', 'NODE_OPTIONS', 'LOG_FILE', 'DATABASE_NAME', 'SMTP_HOST'],
    ...['npm_config_user_agent', 'POSTGRES_PASSWORD', 'MAIL', 'ACCESS_KEY', 'CLIENT_ID'],
  ])('is left to other programs when it is %s', (variable) => {
    expect(() => readSettings({ [variable]: 'x' })).not.toThrow();
  });

  it('is left alone when Kubernetes tells where the services of the apps are', () => {
    const links = { STOREFRONT_SERVICE_HOST: '10.0.0.1', BACKEND_PORT_3001_TCP_ADDR: '10.0.0.2' };
    expect(() => readSettings(links)).not.toThrow();
  });

  it('does not count where it is empty', () => {
    expect(() => readSettings({ MFA_SECRET: '' })).not.toThrow();
  });

  it('is named with all the others at once', () => {
    expect(() => readSettings({ MFA_SECRET: 'x', JWT_KEY: 'x' })).toThrow(/^MFA_SECRET .*\nJWT_KEY .*$/);
  });
});
