import { describe, expect, it } from 'vitest';
import { DEFAULT_METHODS } from '#mfa';
import { describeMethod } from './method-contract.js';
import { emailHolder } from './methods/email/email.holder.js';
import { METHODS } from './methods/index.js';
import { pigeonHolder } from './methods/pigeon/pigeon.holder.js';
import { recoveryCodeHolder } from './methods/recovery-code/recovery-code.holder.js';
import { signetHolder } from './methods/signet/signet.holder.js';
import { totpHolder } from './methods/totp/totp.holder.js';

describeMethod('email', emailHolder);
describeMethod('pigeon', pigeonHolder);
describeMethod('totp', totpHolder);
describeMethod('recovery-code', recoveryCodeHolder);
describeMethod('signet', signetHolder);

describe('The registration list', () => {
  it('takes a further method with one line', () => {
    expect(METHODS.slice(0, DEFAULT_METHODS.length)).toEqual(DEFAULT_METHODS);
  });
});
