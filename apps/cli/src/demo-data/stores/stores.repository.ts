import type { EntityManager } from 'typeorm';
import type { Store } from './stores.entry.js';

export async function insertStore(manager: EntityManager, entry: Store): Promise<boolean> {
  await manager.query(
    `INSERT INTO store
       (name, currencies, default_currency, locales, price_modes, countries, order_reference_prefix)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      entry.name,
      entry.currencies,
      entry.defaultCurrency,
      entry.locales,
      entry.priceModes,
      JSON.stringify(entry.countries),
      entry.orderReferencePrefix,
    ],
  );
  return true;
}
