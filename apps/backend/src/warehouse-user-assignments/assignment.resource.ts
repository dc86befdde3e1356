import type { User } from '#auth';
import type { ResourceObject } from '#json-api';
import type { AssignedUserDto, AssignmentDto } from './dto/assignment.dto.js';
import type { Assignment } from './warehouse-user-assignments.repository.js';

/** An assignment for clients. `include` names the requested related resources. */
export function assignmentResource(
  assignment: Assignment,
  include: ReadonlySet<string>,
): ResourceObject<AssignmentDto> {
  const { uuid, user, warehouse, isActive } = assignment;
  return {
    type: 'warehouse-user-assignments',
    id: uuid,
    attributes: {
      userUuid: user.uuid,
      isActive,
      warehouse: { uuid: warehouse.uuid, name: warehouse.name, isActive: warehouse.isActive },
    },
    ...(include.has('users') && { related: { users: [userResource(user)] } }),
  };
}

function userResource({ uuid, username, firstName, lastName }: User): ResourceObject<AssignedUserDto> {
  return { type: 'users', id: uuid, attributes: { username, firstName, lastName } };
}
