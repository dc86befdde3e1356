import { expect, it } from 'vitest';
import { redactedPath } from './redacted-path.js';

it.each([
  ['/refresh-tokens/abc123', '/refresh-tokens/[redacted]'],
  ['/REFRESH-TOKENS/abc123/?x=1', '/REFRESH-TOKENS/[redacted]/'],
  ['/refresh-tokens/mine', '/refresh-tokens/mine'],
  ['/customer-restore-password/A-key_of-a-mail', '/customer-restore-password/[redacted]'],
  ['/customer-confirmation/A-key_of-a-mail', '/customer-confirmation/[redacted]'],
  ['/refresh%2Dtokens/abc123', '/refresh-tokens/[redacted]'],
  ['/refresh-tokens//abc123', '/refresh-tokens//[redacted]'],
  [`/other/${'a1'.repeat(48)}`, '/other/[redacted]'],
  ['/carts/1?q=secret', '/carts/1'],
])('shows %s as %s', (url, path) => {
  expect(redactedPath(url)).toBe(path);
});
