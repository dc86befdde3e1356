import type { Type } from '@nestjs/common';
import type { Method } from '../core/method.js';
import { EmailMethod } from './email/email.method.js';
import { RecoveryCodeMethod } from './recovery-code/recovery-code.method.js';
import { TotpMethod } from './totp/totp.method.js';

/** The methods of an application without its own list, in the order in which they are offered. */
export const DEFAULT_METHODS: readonly Type<Method>[] = [EmailMethod, TotpMethod, RecoveryCodeMethod];
