import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { EnrolmentRule } from '../core/policy.js';

/** Metadata key of a route's protection. */
export const PROTECTED = Symbol('PROTECTED');

/**
 * How a route is protected. `by-default` is like `by-policy`, but if a list of resources is configured, only that list
 * counts.
 */
export type Protection = EnrolmentRule | 'by-default';

/**
 * Protects the writes of a controller, or one handler.
 *
 * @param protection `always`: an account without an active method is refused (5913); `by-policy`, the default: policies
 * decide. Both are independent of the configured list of resources.
 */
export const Protected = (protection: Protection = 'by-policy'): CustomDecorator<symbol> =>
  SetMetadata(PROTECTED, protection);
