import { headerOf, type JsonApiHttpRequest } from '#json-api';
import type { Code } from '../core/code.js';

/**
 * The submitted code, or undefined if the header is absent or empty. Its form is not checked here: any wrong value
 * counts as a miss.
 */
export function submittedCode(request: Pick<JsonApiHttpRequest, 'headers'>): Code | undefined {
  const value = headerOf(request, 'x-mfa-code')?.trim();
  return value ? (value as Code) : undefined;
}
