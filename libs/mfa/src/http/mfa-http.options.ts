import type { CallerResolver } from '../core/caller.js';

/** How an application's requests reach the library. */
export interface MfaHttpOptions {
  readonly callerResolver: CallerResolver;
  /**
   * JSON:API types whose writes need a code, in place of what `@Protected('by-default')` marks and beside what
   * `@Protected()` marks; each must belong to a controller. Undefined: what is marked.
   */
  readonly protectedResources?: readonly string[] | undefined;
}

export const MFA_HTTP_OPTIONS = Symbol('MFA_HTTP_OPTIONS');
