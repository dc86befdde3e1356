import { z } from 'zod';
import { id, text, uuid } from '../entry-rules.js';

export const schema = z.strictObject({ id, uuid, name: text(255), isActive: z.boolean().default(true) });

export type Warehouse = z.infer<typeof schema>;
