import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { EnrolmentRule } from '../core/policy.js';

/** Metadata key: whose writes need an active method. */
export const PROTECTED = Symbol('PROTECTED');

/** How a route is protected; `by-default`: like `by-policy`, unless a list is configured that does not name its resource. */
export type Protection = EnrolmentRule | 'by-default';

/**
 * Protects the writes of a controller, or one handler.
 *
 * @param protection `always`: an account without an active method is refused (5913); `by-policy`, the default: by policies
 *   alone; both hold whatever is configured
 */
export const Protected = (protection: Protection = 'by-policy'): CustomDecorator<symbol> =>
  SetMetadata(PROTECTED, protection);
