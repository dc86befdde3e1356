import { z } from 'zod';
import { uuid } from '../entry-rules.js';

export const schema = z.strictObject({
  uuid,
  userUuid: uuid,
  warehouseUuid: uuid,
  isActive: z.boolean().default(true),
});

export type WarehouseUserAssignment = z.infer<typeof schema>;
