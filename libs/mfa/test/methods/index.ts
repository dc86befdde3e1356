import { DEFAULT_METHODS } from '#mfa';
import { PigeonMethod } from './pigeon/pigeon.method.js';
import { SignetMethod } from './signet/signet.method.js';

/** The methods of the test application: a folder and a line for each. */
export const METHODS = [...DEFAULT_METHODS, PigeonMethod, SignetMethod];
