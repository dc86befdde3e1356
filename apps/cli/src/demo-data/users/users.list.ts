import { z } from 'zod';
import type { DemoList } from '../demo-list.js';
import { emailAddress, id, locale, password, text, uuid } from '../entry-rules.js';
import { withPasswordHash, type WithPasswordHash } from '../password-hash.js';
import { continueUserIdsBehind, insertUser } from './users.repository.js';

const entrySchema = (defaultLocale: string) =>
  z.strictObject({
    id,
    uuid,
    username: emailAddress,
    password,
    firstName: text(100),
    lastName: text(100),
    roles: z.array(z.enum(['back-office', 'administrator', 'agent', 'warehouse', 'merchant', 'merchant-agent'])),
    isWarehouseUser: z.boolean(),
    locale: locale.default(defaultLocale),
    status: z.enum(['active', 'inactive']).default('active'),
  });

type User = z.infer<ReturnType<typeof entrySchema>>;
export type NewUser = WithPasswordHash<User>;

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
