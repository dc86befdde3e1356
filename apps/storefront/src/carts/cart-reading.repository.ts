import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager, FindOneOptions } from 'typeorm';
import { SETTINGS, type Settings } from '#platform';
import { run, type Source } from '#sql';
import type { Shopper } from '../access/shopper.js';
import type { CartLine, FilledCart } from './cart.js';
import { Cart } from './cart.entity.js';
import { CART_LINES, LIST_CARTS } from './carts.sql.js';

type CartRow = Omit<FilledCart, 'items'>;
type LineRow = CartLine & { readonly cartUuid: string };

/** The columns to read. The owner is not among them. */
const COLUMNS = {
  ...{ uuid: true, name: true, store: true, currency: true, priceMode: true, isDefault: true, version: true },
} as const;

/**
 * The maximum number of items of all listed carts together. More would block the process too long while they are
 * serialized.
 */
const LISTED_ITEMS = 5_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads carts with their items, always in two statements. */
@Injectable()
export class CartReadingRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * The carts of a customer or guest, oldest first. If there are more than the limit, or more than 5,000 items in
   * total: the default cart and the newest ones.
   */
  async list({ customerId, guestHash }: Shopper): Promise<FilledCart[]> {
    const bounds = { carts: this.settings.limits.customerCarts, items: LISTED_ITEMS };
    const rows = await run<CartRow>(this.dataSource, LIST_CARTS, { customerId, guestHash, ...bounds });
    return fill(this.dataSource, rows);
  }

  /** @returns undefined if the cart is unknown or belongs to somebody else */
  find(uuid: string, shopper: Shopper): Promise<FilledCart | undefined> {
    return findOne(this.dataSource.manager, uuid, { where: ofShopper(shopper) });
  }

  /** Like `find`, but locks the cart's row, so that changes of a cart and its items run one after another. */
  lock(uuid: string, shopper: Shopper, manager: EntityManager): Promise<FilledCart | undefined> {
    return findOne(manager, uuid, { where: ofShopper(shopper), lock: { mode: 'pessimistic_write' } });
  }

  /** Finds a cart of any owner. Use it for comparisons only, never for a response. */
  findOfAnybody(uuid: string, manager: EntityManager): Promise<FilledCart | undefined> {
    return findOne(manager, uuid, {});
  }
}

function ofShopper({ customerId, guestHash }: Shopper) {
  return customerId === null ? { guestHash } : { customerId };
}

async function findOne(
  manager: EntityManager,
  uuid: string,
  { where, ...options }: FindOneOptions<Cart>,
): Promise<FilledCart | undefined> {
  if (!UUID.test(uuid)) return undefined;
  const row = await manager.findOne(Cart, { select: COLUMNS, where: { ...where, uuid }, ...options });
  const [cart] = await fill(manager, row ? [row] : []);
  return cart;
}

async function fill(source: Source, rows: readonly CartRow[]): Promise<FilledCart[]> {
  if (rows.length === 0) return [];
  const lines = await run<LineRow>(source, CART_LINES, { carts: rows.map(({ uuid }) => uuid) });
  const items = new Map<string, CartLine[]>(rows.map(({ uuid }) => [uuid, []]));
  for (const { cartUuid, ...line } of lines) items.get(cartUuid)?.push(line);
  return rows.map((row) => ({ ...row, items: items.get(row.uuid) ?? [] }));
}
