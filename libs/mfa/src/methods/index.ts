import type { Type } from '@nestjs/common';
import type { Method } from '../core/method.js';
import { EmailMethod } from './email/email.method.js';

/** The methods that are offered unless an application names its own list, in the order in which they are listed. */
export const DEFAULT_METHODS: readonly Type<Method>[] = [EmailMethod];
