import { MfaAccount } from './mfa-account.entity.js';
import { MfaCode } from './mfa-code.entity.js';
import { MfaFactor } from './mfa-factor.entity.js';

/** The tables of this library; an application lists them among its entities. */
export const MFA_ENTITIES = [MfaAccount, MfaFactor, MfaCode] as const;
