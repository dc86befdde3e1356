import { WarehouseUserAssignment } from './warehouse-user-assignment.entity.js';
import { Warehouse } from './warehouse.entity.js';

/** The tables of warehouses and of who works in them. */
export const WAREHOUSE_ENTITIES = [Warehouse, WarehouseUserAssignment] as const;
