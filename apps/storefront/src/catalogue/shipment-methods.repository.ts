import type { DataSource, EntityManager } from 'typeorm';
import { prepared, type Statement } from '#platform';
import type { Prices } from './prices.js';

/** A way to send an order that is offered now. */
export interface OfferedShipmentMethod {
  readonly id: number;
  readonly name: string;
  readonly carrierName: string;
  readonly prices: Prices;
  /** In percent. */
  readonly taxRate: number;
  /** In seconds. */
  readonly deliveryTime: number | null;
}

const OFFERED: Statement = {
  name: 'shipment_methods_offered',
  text: `
    SELECT id::float8 AS id, name, carrier AS "carrierName", prices, tax_rate::float8 AS "taxRate",
      delivery_time AS "deliveryTime"
    FROM shipment_method WHERE is_active AND ($1::bigint[] IS NULL OR id = ANY ($1)) ORDER BY shipment_method.id`,
};

/** @param ids only these; without it all that are offered */
export function findShipmentMethods(
  source: DataSource | EntityManager,
  ids: readonly number[] | null = null,
): Promise<OfferedShipmentMethod[]> {
  return prepared(source, OFFERED, [ids]);
}
