import type { DemoList } from '../demo-list.js';
import { schema, type ShipmentMethod } from './shipment-methods.entry.js';
import { continueShipmentMethodIdsBehind, insertShipmentMethod } from './shipment-methods.repository.js';

export const shipmentMethods: DemoList<ShipmentMethod> = {
  name: 'shipmentMethods',
  unique: [{ constraint: 'pk_shipment_method', member: 'id', value: (entry) => String(entry.id) }],
  references: [],
  entrySchema: () => schema,
  insert: insertShipmentMethod,
  afterInsert: continueShipmentMethodIdsBehind,
};
