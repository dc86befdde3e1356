import type { EntityManager } from 'typeorm';
import type { PaymentMethod } from './payment-methods.entry.js';

export async function insertPaymentMethod(manager: EntityManager, entry: PaymentMethod): Promise<boolean> {
  await manager.query(`INSERT INTO payment_method (provider_name, method_name, is_active) VALUES ($1, $2, $3)`, [
    entry.paymentProviderName,
    entry.paymentMethodName,
    entry.isActive,
  ]);
  return true;
}
