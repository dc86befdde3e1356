import { PaymentMethod } from './payment-method.entity.js';
import { Product } from './product.entity.js';
import { ShipmentMethod } from './shipment-method.entity.js';
import { Store } from './store.entity.js';

export const CATALOGUE_ENTITIES = [Store, Product, ShipmentMethod, PaymentMethod] as const;
