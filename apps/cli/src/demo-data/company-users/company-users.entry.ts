import { z } from 'zod';
import { text, uuid } from '../entry-rules.js';

export const schema = z.strictObject({
  uuid,
  companyName: text(255),
  customerReference: text(100),
  isActive: z.boolean().default(true),
  isDefault: z.boolean().default(false),
});

export type CompanyUser = z.infer<typeof schema>;
