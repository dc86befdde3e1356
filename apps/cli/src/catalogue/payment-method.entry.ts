import { z } from 'zod';
import { text } from '../entry-rules.js';

export const schema = z.strictObject({
  paymentProviderName: text(255),
  paymentMethodName: text(255),
  isActive: z.boolean().default(true),
});

export type PaymentMethod = z.infer<typeof schema>;
