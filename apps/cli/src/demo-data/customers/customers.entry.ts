import { z } from 'zod';
import { GENDERS, SALUTATIONS } from '#auth';
import { emailAddress, locale, password, text } from '../entry-rules.js';
import type { WithPasswordHash } from '../password-hash.js';

export const entrySchema = (defaultLocale: string) =>
  z.strictObject({
    customerReference: text(100),
    email: emailAddress,
    password,
    salutation: z.enum(SALUTATIONS),
    firstName: text(100),
    lastName: text(100),
    gender: z.enum(GENDERS),
    locale: locale.default(defaultLocale),
    confirmed: z.boolean().default(true),
  });

export type Customer = z.infer<ReturnType<typeof entrySchema>>;
export type NewCustomer = WithPasswordHash<Customer>;
