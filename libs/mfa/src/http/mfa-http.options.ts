import type { CallerResolver } from '../core/caller.js';

/** How the library reads an application's requests. */
export interface MfaHttpOptions {
  readonly callerResolver: CallerResolver;
  /**
   * JSON:API types whose writes need a code. They replace what `@Protected('by-default')` marks, and are added to what
   * `@Protected()` marks. Each type must belong to a controller. Undefined: only the decorators count.
   */
  readonly protectedResources?: readonly string[] | undefined;
}

export const MFA_HTTP_OPTIONS = Symbol('MFA_HTTP_OPTIONS');
