import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { prepared, SETTINGS, type Settings, type Statement } from '#platform';
import type { Shopper } from '../access/shopper.js';
import type { CartLine, FilledCart } from './cart.js';

type CartRow = Omit<FilledCart, 'items'>;
type LineRow = CartLine & { readonly cartUuid: string };

const COLUMNS = `uuid, name, store, currency, price_mode AS "priceMode", is_default AS "isDefault", version`;
const OWN = `(customer_id = $1::bigint OR guest_hash = $2::bytea)`;

/** The default, then the newest. */
const IMPORTANCE = `is_default DESC, created_at DESC, uuid DESC`;

/** So many items of all listed carts together: more would keep everybody else waiting while they are written out. */
const LISTED_ITEMS = 5_000;

/** The most important carts, as many as are allowed, while their items add up to no more than the listed ones. */
const LIST: Statement = {
  name: 'cart_list',
  text: `
    WITH important AS (
      SELECT * FROM cart WHERE ${OWN} ORDER BY ${IMPORTANCE} LIMIT $3
    ), counted AS (
      SELECT c.*, i.count AS items, sum(i.count) OVER (ORDER BY ${IMPORTANCE}) AS items_so_far
      FROM important c CROSS JOIN LATERAL (SELECT count(*) FROM cart_item WHERE cart_uuid = c.uuid) i
    )
    SELECT ${COLUMNS} FROM counted WHERE items_so_far <= $4 OR items_so_far = items ORDER BY created_at, uuid`,
};

const FIND: Statement = { name: 'cart_find', text: `SELECT ${COLUMNS} FROM cart WHERE uuid = $3 AND ${OWN}` };

const LOCK: Statement = {
  name: 'cart_lock',
  text: `SELECT ${COLUMNS} FROM cart WHERE uuid = $3 AND ${OWN} FOR UPDATE`,
};

const FIND_OF_ANYBODY: Statement = {
  name: 'cart_find_of_anybody',
  text: `SELECT ${COLUMNS} FROM cart WHERE uuid = $1`,
};

const LINES: Statement = {
  name: 'cart_lines',
  text: `
    SELECT i.cart_uuid AS "cartUuid", i.group_key AS "groupKey", i.sku, p.abstract_sku AS "abstractSku", p.name, i.quantity,
      p.prices, p.tax_rate::float8 AS "taxRate", p.stock, p.never_out_of_stock AS "neverOutOfStock"
    FROM cart_item i JOIN product p ON p.sku = i.sku
    WHERE i.cart_uuid = ANY ($1::uuid[]) ORDER BY i.cart_uuid, i.added_at, i.group_key`,
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Carts with their items: two statements, however many there are. */
@Injectable()
export class CartReadingRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * The carts of a customer or guest, oldest first; of one who has more than the limit, or more than 5,000 items in
   * them, the default and the newest.
   */
  async list({ customerId, guestHash }: Shopper): Promise<FilledCart[]> {
    const bounds = [this.settings.limits.customerCarts, LISTED_ITEMS];
    const rows = await prepared<CartRow>(this.dataSource, LIST, [customerId, guestHash, ...bounds]);
    return fill(this.dataSource, rows);
  }

  /** @returns undefined for a cart that is unknown or somebody else's */
  find(uuid: string, { customerId, guestHash }: Shopper): Promise<FilledCart | undefined> {
    return findOne(this.dataSource, FIND, uuid, [customerId, guestHash]);
  }

  /** The same as `find`, with the cart's row locked: changes of a cart and its items come one after another. */
  lock(uuid: string, { customerId, guestHash }: Shopper, manager: EntityManager): Promise<FilledCart | undefined> {
    return findOne(manager, LOCK, uuid, [customerId, guestHash]);
  }

  /** Whoever's cart it is; for comparisons, never for an answer. */
  findOfAnybody(uuid: string, manager: EntityManager): Promise<FilledCart | undefined> {
    return findOne(manager, FIND_OF_ANYBODY, uuid, []);
  }
}

async function findOne(
  source: DataSource | EntityManager,
  statement: Statement,
  uuid: string,
  owner: readonly unknown[],
): Promise<FilledCart | undefined> {
  if (!UUID.test(uuid)) return undefined;
  const [cart] = await fill(source, await prepared<CartRow>(source, statement, [...owner, uuid]));
  return cart;
}

async function fill(source: DataSource | EntityManager, rows: readonly CartRow[]): Promise<FilledCart[]> {
  if (rows.length === 0) return [];
  const lines = await prepared<LineRow>(source, LINES, [rows.map(({ uuid }) => uuid)]);
  const items = new Map<string, CartLine[]>(rows.map(({ uuid }) => [uuid, []]));
  for (const { cartUuid, ...line } of lines) items.get(cartUuid)?.push(line);
  return rows.map((row) => ({ ...row, items: items.get(row.uuid) ?? [] }));
}
