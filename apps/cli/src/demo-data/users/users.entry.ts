import { z } from 'zod';
import { ROLES, USER_STATUSES } from '#auth';
import { emailAddress, id, locale, password, text, uuid } from '../entry-rules.js';
import type { WithPasswordHash } from '../password-hash.js';

export const entrySchema = (defaultLocale: string) =>
  z.strictObject({
    id,
    uuid,
    username: emailAddress,
    password,
    firstName: text(100),
    lastName: text(100),
    roles: z.array(z.enum(ROLES)),
    isWarehouseUser: z.boolean(),
    locale: locale.default(defaultLocale),
    status: z.enum(USER_STATUSES).default('active'),
  });

export type User = z.infer<ReturnType<typeof entrySchema>>;
export type NewUser = WithPasswordHash<User>;
