import type { Principal } from '#auth';
import { ApiException } from '#json-api';
import { ASSIGNMENT_ERRORS } from './warehouse-user-assignments.errors.js';

/** The assignments that a caller may access: those of one user, or all if `userUuid` is absent. */
export interface AssignmentScope {
  readonly userUuid?: string;
}

/**
 * Back Office users may access all assignments, unless they are flagged as warehouse users. All others may access only
 * their own (contract: resources, sections 1.7 and 2.7).
 *
 * @throws ApiException 403 / 5204 if the token does not represent a user
 */
export function scopeOf({ scopes, session }: Principal): AssignmentScope {
  const { userUuid = null, isWarehouseUser } = session ?? {};
  if (userUuid === null) throw new ApiException(ASSIGNMENT_ERRORS.forbidden);
  return scopes.includes('back-office-user') && !isWarehouseUser ? {} : { userUuid };
}
