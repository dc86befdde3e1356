import { SHIPMENT_METHOD_TABLE } from '../../catalogue/catalogue-tables.js';
import { continueIdsOf, insertInto } from '../demo-data.repository.js';
import type { DemoList } from '../demo-list.js';
import { schema, type ShipmentMethod } from '../../catalogue/shipment-method.entry.js';

export const shipmentMethods: DemoList<ShipmentMethod> = {
  name: 'shipmentMethods',
  unique: [{ constraint: 'pk_shipment_method', member: 'id', value: (entry) => String(entry.id) }],
  references: [],
  entrySchema: () => schema,
  insert: insertInto(SHIPMENT_METHOD_TABLE),
  afterInsert: continueIdsOf('shipment_method'),
};
