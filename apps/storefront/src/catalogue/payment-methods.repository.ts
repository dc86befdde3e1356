import type { DataSource, EntityManager } from 'typeorm';
import { prepared, type Statement } from '#platform';

/** A way to pay that is offered now. */
export interface OfferedPaymentMethod {
  readonly providerName: string;
  readonly methodName: string;
}

const OFFERED: Statement = {
  name: 'payment_methods_offered',
  text: `
    SELECT provider_name AS "providerName", method_name AS "methodName"
    FROM payment_method WHERE is_active ORDER BY provider_name, method_name`,
};

/** All that are offered; a shop has few. */
export function findPaymentMethods(source: DataSource | EntityManager): Promise<OfferedPaymentMethod[]> {
  return prepared(source, OFFERED, []);
}
