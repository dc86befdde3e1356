import type { DemoList } from '../demo-list.js';
import { withPasswordHash } from '../password-hash.js';
import { entrySchema, type User, type NewUser } from './users.entry.js';
import { continueUserIdsBehind, insertUser } from './users.repository.js';

export const users: DemoList<User, NewUser> = {
  name: 'users',
  unique: [
    { constraint: 'uq_user_account_username', member: 'username', value: (entry) => entry.username.toLowerCase() },
    { constraint: 'uq_user_account_uuid', member: 'uuid', value: (entry) => entry.uuid },
    { constraint: 'pk_user_account', member: 'id', value: (entry) => String(entry.id) },
  ],
  references: [],
  entrySchema,
  prepare: withPasswordHash,
  insert: insertUser,
  afterInsert: continueUserIdsBehind,
};
