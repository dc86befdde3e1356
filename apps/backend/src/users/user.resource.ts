import type { User } from '#auth';
import { timestamp, type ResourceObject } from '#json-api';
import type { UserDto } from './dto/user.dto.js';

/** The data of a user that administrators may see. */
export type UserData = Omit<User, 'passwordHash'>;

/** The resource `users`. It never contains a password or its hash. */
export function userResource(user: UserData): ResourceObject<UserDto> {
  const { uuid, username, firstName, lastName, roles, isWarehouseUser, locale, status, createdAt, updatedAt } = user;
  return {
    type: 'users',
    id: uuid,
    attributes: {
      username,
      firstName,
      lastName,
      roles,
      isWarehouseUser,
      locale,
      status,
      createdAt: timestamp(createdAt),
      updatedAt: timestamp(updatedAt),
    },
  };
}
