import type { ApiErrorRow } from '#json-api';

/** Errors of the resource `warehouse-user-assignments` (contract: resources, section 2.7). */
export const ASSIGNMENT_ERRORS = {
  /** The caller may access no such assignment. */
  notFound: { status: 404, code: '5201', detail: 'Warehouse user assignment not found.' },
  /** The assignment was deleted before the change could be made. */
  gone: { status: 400, code: '5201', detail: 'Warehouse user assignment not found.' },
  userNotFound: { status: 400, code: '5202', detail: 'User not found.' },
  warehouseNotFound: { status: 400, code: '5203', detail: 'Warehouse not found.' },
  forbidden: { status: 403, code: '5204', detail: 'Operation is forbidden.' },
  tooManyActive: { status: 400, code: '5205', detail: 'User has too many active warehouse assignments.' },
  alreadyExists: { status: 400, code: '5206', detail: 'Warehouse user assignment already exists.' },
} as const satisfies Record<string, ApiErrorRow>;
