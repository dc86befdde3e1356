import type { Principal } from '#auth';
import { ApiException } from '#json-api';
import { ASSIGNMENT_ERRORS } from './warehouse-user-assignments.errors.js';

/** Whose assignments a caller reaches: those of one user, or without `userUuid` all. */
export interface AssignmentScope {
  readonly userUuid?: string;
}

/**
 * Back Office users reach all assignments, unless they are flagged warehouse user: then, as for everybody else, only
 * their own (contract: resources, sections 1.7 and 2.7).
 *
 * @throws ApiException 403 / 5204 for a token that stands for no user
 */
export function scopeOf({ scopes, session }: Principal): AssignmentScope {
  const { userUuid = null, isWarehouseUser } = session ?? {};
  if (userUuid === null) throw new ApiException(ASSIGNMENT_ERRORS.forbidden);
  return scopes.includes('back-office-user') && !isWarehouseUser ? {} : { userUuid };
}
