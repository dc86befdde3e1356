import { z } from 'zod';
import { amount, prices, taxRate, text } from '../demo-data/entry-rules.js';

export const schema = z.strictObject({
  sku: text(255),
  abstractSku: text(255),
  name: text(255),
  stock: amount,
  neverOutOfStock: z.boolean().optional(),
  taxRatePercent: taxRate,
  pricesCents: prices,
});

export type Product = z.infer<typeof schema>;
