import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CartItem } from '../carts/cart-item.entity.js';
import type { CartLine } from '../carts/cart.js';
import { CartsRepository } from '../carts/carts.repository.js';
import { Product } from '../catalogue/product.entity.js';

/** The data of a product in the catalogue. */
export type ProductFacts = Omit<CartLine, 'groupKey' | 'quantity'>;

/**
 * Reads and writes cart items, in the transaction of `manager`, which has locked the cart. Each change makes a new
 * version of the cart.
 */
@Injectable()
export class ItemsRepository {
  constructor(private readonly carts: CartsRepository) {}

  /** @returns undefined if the product does not exist */
  async findProduct(sku: string, manager: EntityManager): Promise<ProductFacts | undefined> {
    const product = await manager.findOneBy(Product, { sku });
    return product ? { ...product, taxRate: Number(product.taxRate) } : undefined;
  }

  /** Adds a product to the cart. Its sku is the group key. */
  async insert(cartUuid: string, sku: string, quantity: number, now: Date, manager: EntityManager): Promise<void> {
    await manager.insert(CartItem, { cartUuid, groupKey: sku, sku, quantity, addedAt: now });
    await this.carts.touch(cartUuid, now, manager);
  }

  async setQuantity(
    cartUuid: string,
    groupKey: string,
    quantity: number,
    now: Date,
    manager: EntityManager,
  ): Promise<void> {
    await manager.update(CartItem, { cartUuid, groupKey }, { quantity });
    await this.carts.touch(cartUuid, now, manager);
  }

  async delete(cartUuid: string, groupKey: string, now: Date, manager: EntityManager): Promise<void> {
    await manager.delete(CartItem, { cartUuid, groupKey });
    await this.carts.touch(cartUuid, now, manager);
  }
}
