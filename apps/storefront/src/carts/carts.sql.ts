import { statement } from '#sql';

const COLUMNS = `uuid, name, store, currency, price_mode AS "priceMode", is_default AS "isDefault", version`;

/** The default first, then the newest. */
const IMPORTANCE = `is_default DESC, created_at DESC, uuid DESC`;

/** The most important carts up to the limit, as long as their items do not exceed the maximum in total. */
export const LIST_CARTS = statement(
  'cart_list',
  `
    WITH important AS (
      SELECT * FROM cart WHERE (customer_id = :customerId::bigint OR guest_hash = :guestHash::bytea)
      ORDER BY ${IMPORTANCE} LIMIT :carts
    ), counted AS (
      SELECT c.*, i.count AS items, sum(i.count) OVER (ORDER BY ${IMPORTANCE}) AS items_so_far
      FROM important c CROSS JOIN LATERAL (SELECT count(*) FROM cart_item WHERE cart_uuid = c.uuid) i
    )
    SELECT ${COLUMNS} FROM counted WHERE items_so_far <= :items OR items_so_far = items ORDER BY created_at, uuid`,
);

export const CART_LINES = statement(
  'cart_lines',
  `
    SELECT i.cart_uuid AS "cartUuid", i.group_key AS "groupKey", i.sku, p.abstract_sku AS "abstractSku", p.name, i.quantity,
      p.prices, p.tax_rate::float8 AS "taxRate", p.stock, p.never_out_of_stock AS "neverOutOfStock"
    FROM cart_item i JOIN product p ON p.sku = i.sku
    WHERE i.cart_uuid = ANY (:carts::uuid[]) ORDER BY i.cart_uuid, i.added_at, i.group_key`,
);

/** Quantities are added, up to the maximum. */
export const MOVE_ITEMS = statement(
  'cart_move_items',
  `
    INSERT INTO cart_item (cart_uuid, group_key, sku, quantity, added_at)
    SELECT :to::uuid, group_key, sku, quantity, added_at FROM cart_item WHERE cart_uuid = :from
    ON CONFLICT (cart_uuid, group_key)
      DO UPDATE SET quantity = least(cart_item.quantity + excluded.quantity, :most)`,
);
