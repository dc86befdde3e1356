import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type MfaLimits } from './limits.js';
import { resolveOptions, type MfaOptions } from './mfa.options.js';

const secret = (id: string, bytes = 32) => ({ id, secret: Buffer.alloc(bytes, 1) });
const options = (changed: Partial<MfaOptions> = {}, limits: Partial<MfaLimits> = {}): MfaOptions => ({
  secrets: [secret('a')],
  limits: { customer: { ...DEFAULT_LIMITS, ...limits }, user: DEFAULT_LIMITS },
  ...changed,
});

describe('The options of the library', () => {
  it('are complete with a clock, ten seconds for a send, and the words for customers', () => {
    expect(resolveOptions(options())).toMatchObject({
      sendTimeoutMs: 10_000,
      errorWording: 'customer',
      now: expect.any(Function),
    });
  });

  it.each([[[]], [[secret('a'), secret('a')]], [[secret('a', 31)]]])('stop the start for the secrets %j', (secrets) => {
    expect(() => resolveOptions(options({ secrets }))).toThrow(/secret/);
  });

  it.each([
    { attemptLimit: 0 },
    { lockSeconds: 1.5 },
    { sendBurst: Number.NaN },
    { codeLength: 5 },
    { codeLength: 11 },
    { codeTtlSeconds: 29 },
    { failureLimit: 1001 },
    { graceSeconds: undefined as unknown as number },
  ])('stop the start for the limits %j', (limits) => {
    expect(() => resolveOptions(options({}, limits))).toThrow(
      `The MFA limit ${Object.keys(limits)[0]} of customer must be a whole number from `,
    );
  });
});
