export const RIGHT_CODE = '123456';
export const WRONG_CODE = '654321';

/** It has the form of one. */
export const WRONG_RECOVERY_CODE = '0'.repeat(24);
