import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { EnrolmentRule } from '../core/policy.js';

/** Metadata key: whose writes need an active method. */
export const PROTECTED = Symbol('PROTECTED');

/**
 * Protects the writes of a controller, or one handler, whatever the configured list says.
 *
 * @param rule `always`: an account without an active method is refused (5913); default: by policies alone
 */
export const Protected = (rule: EnrolmentRule = 'by-policy'): CustomDecorator<symbol> => SetMetadata(PROTECTED, rule);
