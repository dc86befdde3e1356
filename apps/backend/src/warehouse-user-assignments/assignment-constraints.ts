import { QueryFailedError } from 'typeorm';
import { ApiException, type ApiErrorRow } from '#json-api';
import { ASSIGNMENT_ERRORS } from './warehouse-user-assignments.errors.js';

const ERRORS = new Map<unknown, ApiErrorRow>([
  ['uq_warehouse_user_assignment', ASSIGNMENT_ERRORS.alreadyExists],
  ['uq_warehouse_user_assignment_active', ASSIGNMENT_ERRORS.tooManyActive],
]);

/** The refusal that a violated constraint of assignments stands for; other errors as they are. */
export function toApiException(error: unknown): unknown {
  if (!(error instanceof QueryFailedError)) return error;
  const { constraint } = error.driverError as { constraint?: unknown };
  const row = ERRORS.get(constraint);
  return row ? new ApiException(row) : error;
}
