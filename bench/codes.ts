export const RIGHT_CODE = '123456';
export const WRONG_CODE = '654321';

/** A value that has the form of a recovery code. */
export const WRONG_RECOVERY_CODE = '0'.repeat(24);
