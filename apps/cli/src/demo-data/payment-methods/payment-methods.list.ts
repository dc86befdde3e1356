import { PAYMENT_METHOD_TABLE } from '../../catalogue/catalogue-tables.js';
import { insertInto } from '../demo-data.repository.js';
import type { DemoList } from '../demo-list.js';
import { schema, type PaymentMethod } from '../../catalogue/payment-method.entry.js';

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
  insert: insertInto(PAYMENT_METHOD_TABLE),
};
