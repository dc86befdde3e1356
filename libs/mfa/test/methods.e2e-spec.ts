import { DEFAULT_METHODS } from '#mfa';
import { METHODS } from './methods/index.js';
import { describeMethod } from './method-contract.js';
import { describe, expect, it } from 'vitest';

describeMethod('email');
describeMethod('pigeon');

describe('The registration list', () => {
  it('takes a further method with one line', () => {
    expect(METHODS.slice(0, -1)).toEqual(DEFAULT_METHODS);
  });
});
