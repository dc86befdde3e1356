import { z } from 'zod';
import { id, text, uuid } from '../demo-data/entry-rules.js';

export const schema = z.strictObject({ id, uuid, name: text(255), isActive: z.boolean().optional() });

export type Warehouse = z.infer<typeof schema>;
