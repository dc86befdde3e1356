import type { BareError } from '#json-api';

/** Errors of warehouse tokens, as bare arrays (contract: resources, section 1.8). */
export const WAREHOUSE_TOKEN_ERRORS = {
  forbidden: { status: 403, code: '5101', message: 'Operation is forbidden.' },
} as const satisfies Record<string, BareError>;
