import { WarehouseUserAssignment } from './warehouse-user-assignment.entity.js';
import { Warehouse } from './warehouse.entity.js';

/** The entities of warehouses and of assignments to them. */
export const WAREHOUSE_ENTITIES = [Warehouse, WarehouseUserAssignment] as const;
