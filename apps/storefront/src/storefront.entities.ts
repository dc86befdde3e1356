import { CartItem } from './carts/cart-item.entity.js';
import { Cart } from './carts/cart.entity.js';
import { CATALOGUE_ENTITIES } from './catalogue/catalogue.entities.js';

/** The tables of this app. */
export const STOREFRONT_ENTITIES = [...CATALOGUE_ENTITIES, Cart, CartItem] as const;
