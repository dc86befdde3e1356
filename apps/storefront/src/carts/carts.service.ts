import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { ApiException, assertMatch, requireIfMatch, type ApiErrorRow, type JsonApiHttpRequest } from '#json-api';
import { Clock, SETTINGS, type Settings } from '#platform';
import type { Shopper } from '../access/shopper.js';
import { StoresRepository } from '../catalogue/stores.repository.js';
import { lockCustomer } from '../access/customer-lock.js';
import { etagOf } from './cart-etag.js';
import { uniqueName } from './cart-name.js';
import { judge, validateSettings } from './cart-offer.js';
import { CartReadingRepository } from './cart-reading.repository.js';
import type { FilledCart } from './cart.js';
import { CART_ERRORS, tooManyCarts } from './carts.errors.js';
import { CartsRepository, type CartSettings } from './carts.repository.js';
import type { CreateCartDto } from './dto/create-cart.dto.js';
import type { UpdateCartDto } from './dto/update-cart.dto.js';

/** Manages the carts of customers, and the one cart of each guest. */
@Injectable()
export class CartsService {
  constructor(
    private readonly reading: CartReadingRepository,
    private readonly carts: CartsRepository,
    private readonly stores: StoresRepository,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  list(shopper: Shopper): Promise<FilledCart[]> {
    return this.reading.list(shopper);
  }

  /** @throws ApiException 404 / 101 */
  async get(uuid: string, shopper: Shopper): Promise<FilledCart> {
    return found(await this.reading.find(uuid, shopper));
  }

  /**
   * The new cart becomes the customer's default.
   *
   * @throws ApiException 422 / 112, or 117 and 119, or 110, each followed by 107
   */
  async create(attributes: CreateCartDto, customerId: string): Promise<FilledCart> {
    const { name, store, currency, priceMode } = attributes;
    const { customerCarts: limit } = this.settings.limits;
    const requested = { name, store, currency, priceMode };
    const { settings, mistakes } = judge(requested, await this.stores.findByName(store));
    if (mistakes) throw new ApiException([...mistakes, CART_ERRORS.creationFailed]);
    return this.dataSource.transaction(async (manager) => {
      if (!(await lockCustomer(manager, customerId))) throw new ApiException(CART_ERRORS.creationFailed);
      if (await this.carts.hasCarts(customerId, limit, manager)) {
        throw new ApiException([tooManyCarts(limit), CART_ERRORS.creationFailed]);
      }
      const named = { ...settings, name: uniqueName(name, await this.carts.namesOf(customerId, manager)) };
      const uuid = randomUUID();
      await this.carts.insertDefault(uuid, customerId, named, this.clock.now(), manager);
      return { uuid, ...named, isDefault: true, version: 1, items: [] };
    });
  }

  /**
   * @param conditional the request whose `If-Match` must match the cart; absent for guests
   * @throws ApiException 422 / 112, or 117 and 119; 428 / 005; 412 / 006; 404 / 101; 422 / 111, or 102 with 117
   */
  update(
    uuid: string,
    attributes: UpdateCartDto,
    shopper: Shopper,
    conditional?: Pick<JsonApiHttpRequest, 'headers'>,
  ): Promise<FilledCart> {
    return this.dataSource.transaction(async (manager) => {
      const { customerId } = shopper;
      if (customerId !== null) await lockCustomer(manager, customerId);
      const locked = await this.reading.lock(uuid, shopper, manager);
      const settings = locked && (await this.settingsOf(locked, attributes, manager));
      if (conditional) await this.assertCurrent(uuid, locked, requireIfMatch(conditional), manager);
      const cart = found(locked);
      const changed = { ...cart, ...settings, version: cart.version + 1 };
      refuseWith(validateSettings(changed, cart));
      const isRenamed = customerId !== null && changed.name !== cart.name;
      const name = isRenamed ? uniqueName(changed.name, await this.carts.namesOf(customerId, manager)) : changed.name;
      await this.carts.update(uuid, { ...changed, name }, this.clock.now(), manager);
      return { ...changed, name };
    });
  }

  /**
   * After the default cart is deleted, the newest of the others becomes the default.
   *
   * @throws ApiException 404 / 101
   */
  delete(uuid: string, customerId: string): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      await lockCustomer(manager, customerId);
      const { isDefault } = found(await this.reading.lock(uuid, { customerId, guestHash: null }, manager));
      await this.carts.delete(uuid, manager);
      if (isDefault) await this.carts.makeNewestDefault(customerId, manager);
    });
  }

  /**
   * Compares the entity tag before the caller learns whether the cart is theirs. Only somebody who knows the tag of
   * another customer's cart can learn that it exists; `*` does not reveal it.
   *
   * @throws ApiException 412 / 006
   */
  private async assertCurrent(
    uuid: string,
    own: FilledCart | undefined,
    ifMatch: string,
    manager: EntityManager,
  ): Promise<void> {
    const cart = own ?? (ifMatch === '*' ? undefined : await this.reading.findOfAnybody(uuid, manager));
    assertMatch(ifMatch, cart && etagOf(cart));
  }

  /**
   * The new settings of the cart. Absent members keep their value, and so do an empty store, currency or price mode.
   */
  private async settingsOf(
    cart: FilledCart,
    { name, store, currency, priceMode }: UpdateCartDto,
    manager: EntityManager,
  ): Promise<CartSettings> {
    const requested = {
      name: name ?? cart.name,
      store: store || cart.store,
      currency: currency || cart.currency,
      priceMode: priceMode || cart.priceMode,
    };
    const requestedStore = await this.stores.findByName(requested.store, manager);
    // if the store is unknown, the other members are checked against the cart's present store
    const ofCart = requestedStore ?? (await this.stores.findByName(cart.store, manager));
    const { settings, mistakes } = judge(requested, ofCart, cart);
    if (mistakes) throw new ApiException(mistakes);
    if (!requestedStore) throw new ApiException(CART_ERRORS.storeInvalid);
    return settings;
  }
}

function found(cart: FilledCart | undefined): FilledCart {
  if (!cart) throw new ApiException(CART_ERRORS.notFound);
  return cart;
}

function refuseWith([first, ...others]: readonly ApiErrorRow[]): void {
  if (first) throw new ApiException([first, ...others]);
}
