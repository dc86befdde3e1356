import type { EntityManager } from 'typeorm';
import { continueIdsBehind } from '../demo-data.repository.js';
import type { ShipmentMethod } from './shipment-methods.entry.js';

export async function insertShipmentMethod(manager: EntityManager, entry: ShipmentMethod): Promise<boolean> {
  await manager.query(
    `INSERT INTO shipment_method (id, name, carrier, prices, tax_rate, delivery_time, is_active)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      entry.id,
      entry.name,
      entry.carrier,
      JSON.stringify(entry.pricesCents),
      entry.taxRatePercent,
      entry.deliveryTime,
      entry.isActive,
    ],
  );
  return true;
}

export async function continueShipmentMethodIdsBehind(
  manager: EntityManager,
  entries: readonly ShipmentMethod[],
): Promise<void> {
  await continueIdsBehind(
    manager,
    'shipment_method',
    entries.map(({ id }) => id),
  );
}
