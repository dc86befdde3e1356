import { z } from 'zod';
import { amount, id, prices, taxRate, text } from '../demo-data/entry-rules.js';

export const schema = z.strictObject({
  id,
  name: text(255),
  carrier: text(255),
  pricesCents: prices,
  taxRatePercent: taxRate,
  /** In seconds. */
  deliveryTime: amount.nullable().optional(),
  isActive: z.boolean().optional(),
});

export type ShipmentMethod = z.infer<typeof schema>;
