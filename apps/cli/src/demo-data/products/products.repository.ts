import type { EntityManager } from 'typeorm';
import type { Product } from './products.entry.js';

export async function insertProduct(manager: EntityManager, entry: Product): Promise<boolean> {
  await manager.query(
    `INSERT INTO product (sku, abstract_sku, name, stock, never_out_of_stock, tax_rate, prices)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      entry.sku,
      entry.abstractSku,
      entry.name,
      entry.stock,
      entry.neverOutOfStock,
      entry.taxRatePercent,
      JSON.stringify(entry.pricesCents),
    ],
  );
  return true;
}
