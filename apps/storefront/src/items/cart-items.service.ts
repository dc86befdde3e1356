import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { ApiException, type ApiErrorRow } from '#json-api';
import { Clock, SETTINGS, type ClientAddress, type Settings } from '#platform';
import type { Shopper } from '../access/shopper.js';
import { CartReadingRepository } from '../carts/cart-reading.repository.js';
import type { CartLine, FilledCart } from '../carts/cart.js';
import { CART_ERRORS, itemRefused, tooManyItems } from '../carts/carts.errors.js';
import type { CartSettings } from '../carts/carts.repository.js';
import { PRICE_MODES } from '../catalogue/prices.js';
import { StoresRepository } from '../catalogue/stores.repository.js';
import { GuestCartsRepository } from './guest-carts.repository.js';
import type { CreateItemDto } from './dto/write-item.dto.js';
import { ItemsRepository } from './items.repository.js';
import { validateItem } from './item-validation.js';

const GUEST_CART_NAME = 'Shopping cart';

/** Manages the items of carts of customers and guests. Changes of one cart run one after another. */
@Injectable()
export class CartItemsService {
  constructor(
    private readonly carts: CartReadingRepository,
    private readonly guestCarts: GuestCartsRepository,
    private readonly items: ItemsRepository,
    private readonly stores: StoresRepository,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * If the cart already has the item, the quantities are added.
   *
   * @returns the cart with the item
   * @throws ApiException 404 / 101; 422 / 102 with 113
   */
  add(cartId: string, item: CreateItemDto, shopper: Shopper): Promise<FilledCart> {
    return this.dataSource.transaction((manager) => this.addTo(cartId, item, shopper, manager));
  }

  /**
   * Adds an item to a guest's only cart; the first item creates it.
   *
   * @throws ApiException 422 / 112 if there is no store; 429 if the client has opened too many carts; 422 / 102 with
   * 113
   */
  async addForGuest(item: CreateItemDto, guest: Shopper, { network }: ClientAddress): Promise<FilledCart> {
    const settings = await this.guestCartSettings();
    const { guestCarts: limit } = this.settings.limits;
    return this.dataSource.transaction(async (manager) => {
      const uuid = await this.guestCarts.open(guest, settings, { network, limit }, this.clock.now(), manager);
      return this.addTo(uuid, item, guest, manager);
    });
  }

  /**
   * Changes the quantity of an item; 0 removes it.
   *
   * @throws ApiException 404 / 101, 103; 422 / 114 if the quantity is unchanged or negative, 102 with 114 if it is not
   * available
   */
  change(cartId: string, groupKey: string, quantity: number, shopper: Shopper): Promise<FilledCart> {
    return this.dataSource.transaction(async (manager) => {
      const cart = await this.lockCart(cartId, shopper, manager);
      const line = lineOf(cart, groupKey);
      if (quantity < 0 || quantity === line.quantity) throw new ApiException(CART_ERRORS.itemNotUpdated);
      if (quantity === 0) {
        await this.items.delete(cart.uuid, groupKey, this.clock.now(), manager);
      } else {
        refuse(validateItem(line, quantity, cart), CART_ERRORS.itemNotUpdated);
        await this.items.setQuantity(cart.uuid, groupKey, quantity, this.clock.now(), manager);
      }
      return this.lockCart(cart.uuid, shopper, manager);
    });
  }

  /** @throws ApiException 404 / 101, 103 */
  remove(cartId: string, groupKey: string, shopper: Shopper): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      const cart = await this.lockCart(cartId, shopper, manager);
      await this.items.delete(cart.uuid, lineOf(cart, groupKey).groupKey, this.clock.now(), manager);
    });
  }

  private async addTo(
    cartId: string,
    { sku, quantity }: CreateItemDto,
    shopper: Shopper,
    manager: EntityManager,
  ): Promise<FilledCart> {
    const cart = await this.lockCart(cartId, shopper, manager);
    const product = await this.items.findProduct(sku, manager);
    if (!product) throw new ApiException([itemRefused(`Product "${sku}" not found`), CART_ERRORS.itemNotAdded]);
    const present = cart.items.find((line) => line.groupKey === product.sku)?.quantity ?? 0;
    const { cartItems: limit } = this.settings.limits;
    const isFull = present === 0 && cart.items.length >= limit;
    refuse(isFull ? tooManyItems(limit) : validateItem(product, present + quantity, cart), CART_ERRORS.itemNotAdded);
    const now = this.clock.now();
    if (present === 0) await this.items.insert(cart.uuid, product.sku, quantity, now, manager);
    else await this.items.setQuantity(cart.uuid, product.sku, present + quantity, now, manager);
    return this.lockCart(cart.uuid, shopper, manager);
  }

  private async lockCart(cartId: string, shopper: Shopper, manager: EntityManager): Promise<FilledCart> {
    const cart = await this.carts.lock(cartId, shopper, manager);
    if (!cart) throw new ApiException(CART_ERRORS.notFound);
    return cart;
  }

  private async guestCartSettings(): Promise<CartSettings> {
    const store = await this.stores.findDefault();
    const priceMode = PRICE_MODES.find((mode) => mode === store?.priceModes[0]);
    if (!store || !priceMode) throw new ApiException(CART_ERRORS.storeInvalid);
    return { name: GUEST_CART_NAME, store: store.name, currency: store.defaultCurrency, priceMode };
  }
}

function lineOf(cart: FilledCart, groupKey: string): CartLine {
  const line = cart.items.find((one) => one.groupKey === groupKey);
  if (!line) throw new ApiException(CART_ERRORS.itemNotFound);
  return line;
}

/** Refuses with the given error, if there is one, followed by the error of the failed operation. */
function refuse(error: ApiErrorRow | undefined, failed: ApiErrorRow): void {
  if (error) throw new ApiException([error, failed]);
}
