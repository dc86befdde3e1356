import { z } from 'zod';
import { text } from '../demo-data/entry-rules.js';

export const schema = z.strictObject({
  paymentProviderName: text(255),
  paymentMethodName: text(255),
  isActive: z.boolean().optional(),
});

export type PaymentMethod = z.infer<typeof schema>;
