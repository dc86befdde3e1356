import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { SetupDemand } from '../core/policy.js';

/** Metadata key: what becomes of accounts without an active method. */
export const PROTECTED = Symbol('PROTECTED');

/**
 * Protects the writes of a controller, or one handler, whatever the configured list says.
 *
 * @param setup `always`: an account without an active method is refused (5913); default: by policies alone
 */
export const Protected = (setup: Exclude<SetupDemand, 'never'> = 'by-policy'): CustomDecorator<symbol> =>
  SetMetadata(PROTECTED, setup);
