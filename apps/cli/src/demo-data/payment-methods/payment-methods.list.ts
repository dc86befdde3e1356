import type { DemoList } from '../demo-list.js';
import { schema, type PaymentMethod } from './payment-methods.entry.js';
import { insertPaymentMethod } from './payment-methods.repository.js';

export const paymentMethods: DemoList<PaymentMethod> = {
  name: 'paymentMethods',
  unique: [
    {
      constraint: 'pk_payment_method',
      member: 'paymentMethodName',
      value: (entry) => JSON.stringify([entry.paymentProviderName, entry.paymentMethodName]),
      rule: 'is already offered by this provider',
    },
  ],
  references: [],
  entrySchema: () => schema,
  insert: insertPaymentMethod,
};
