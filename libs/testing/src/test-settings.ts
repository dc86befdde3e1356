import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readSettings, type AppSettings } from '#platform';

/** Tests send more requests than people do. */
const NO_CLIENT_LIMIT = { CLIENT_RATE_PER_MINUTE: '0' };

const KEYS = {
  JWT_PRIVATE_KEY: generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
  MFA_SECRETS: `test:${randomBytes(32).toString('base64')}`,
  MFA_ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
};

/** The settings of an app under test, read from an environment. */
export function testSettings(
  parts: { databaseUrl: string; smtpUrl: string },
  env: NodeJS.ProcessEnv = {},
): AppSettings {
  return { ...readSettings({ NODE_ENV: 'test', LOG_LEVEL: 'silent', ...NO_CLIENT_LIMIT, ...KEYS, ...env }), ...parts };
}
