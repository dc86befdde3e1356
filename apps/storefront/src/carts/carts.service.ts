import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ApiException, assertMatch, requireIfMatch, type ApiErrorRow, type JsonApiHttpRequest } from '#json-api';
import { SETTINGS, type Settings } from '#platform';
import type { Shopper } from '../access/shopper.js';
import { CartChanges, type CartSettings } from './cart-changes.repository.js';
import { etagOf } from './cart-etag.js';
import { uniqueName } from './cart-name.js';
import { judge, obstaclesTo } from './cart-offer.js';
import { CartReadingRepository } from './cart-reading.repository.js';
import { CartTransactions } from './cart-transactions.repository.js';
import type { FilledCart } from './cart.js';
import { CART_ERRORS, tooManyCarts } from './carts.errors.js';
import type { CreateCartAttributes } from './create-cart.attributes.js';
import type { UpdateCartAttributes } from './update-cart.attributes.js';

/** Carts of customers, any number with one default, and of guests, one each. */
@Injectable()
export class CartsService {
  constructor(
    private readonly carts: CartReadingRepository,
    private readonly transactions: CartTransactions,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  list(shopper: Shopper): Promise<FilledCart[]> {
    return this.carts.list(shopper);
  }

  /** @throws ApiException 404 / 101 */
  async get(uuid: string, shopper: Shopper): Promise<FilledCart> {
    return found(await this.carts.find(uuid, shopper));
  }

  /**
   * The new cart is the customer's default.
   *
   * @throws ApiException 422 / 112, or 117 and 119, or 110, with 107 at the end
   */
  create(attributes: CreateCartAttributes, customerId: string): Promise<FilledCart> {
    const { name, store, currency, priceMode } = attributes;
    const { customerCarts: limit } = this.settings.limits;
    return this.transactions.run(CartChanges, async (changes) => {
      const requested = { name, store, currency, priceMode };
      const { settings, mistakes } = judge(requested, await changes.findStore(store));
      if (mistakes) throw new ApiException([...mistakes, CART_ERRORS.creationFailed]);
      if (!(await changes.lockCustomer(customerId))) throw new ApiException(CART_ERRORS.creationFailed);
      if (await changes.hasCarts(customerId, limit)) {
        throw new ApiException([tooManyCarts(limit), CART_ERRORS.creationFailed]);
      }
      const named = { ...settings, name: uniqueName(name, await changes.namesOf(customerId)) };
      const uuid = randomUUID();
      await changes.insertDefault(uuid, customerId, named);
      return { uuid, ...named, isDefault: true, version: 1, items: [] };
    });
  }

  /**
   * @param conditional the request whose `If-Match` has to name the cart as it is; none for guests
   * @throws ApiException 422 / 112, or 117 and 119; 428 / 005; 412 / 006; 404 / 101; 422 / 111, or 102 with 117
   */
  update(
    uuid: string,
    attributes: UpdateCartAttributes,
    shopper: Shopper,
    conditional?: Pick<JsonApiHttpRequest, 'headers'>,
  ): Promise<FilledCart> {
    return this.transactions.run(CartChanges, async (changes) => {
      const { customerId } = shopper;
      if (customerId !== null) await changes.lockCustomer(customerId);
      const locked = await changes.lockCart(uuid, shopper);
      const settings = locked && (await settingsOf(locked, attributes, changes));
      if (conditional) await assertCurrent(uuid, locked, requireIfMatch(conditional), changes);
      const cart = found(locked);
      const changed = { ...cart, ...settings, version: cart.version + 1 };
      refuseWith(obstaclesTo(changed, cart));
      if (customerId === null || changed.name === cart.name) return saved(changed, changes);
      return saved({ ...changed, name: uniqueName(changed.name, await changes.namesOf(customerId)) }, changes);
    });
  }

  /**
   * Where the default goes, the newest of the others becomes the default.
   *
   * @throws ApiException 404 / 101
   */
  delete(uuid: string, customerId: string): Promise<void> {
    return this.transactions.run(CartChanges, async (changes) => {
      await changes.lockCustomer(customerId);
      const { isDefault } = found(await changes.lockCart(uuid, { customerId, guestHash: null }));
      await changes.delete(uuid);
      if (isDefault) await changes.makeNewestDefault(customerId);
    });
  }
}

function found(cart: FilledCart | undefined): FilledCart {
  if (!cart) throw new ApiException(CART_ERRORS.notFound);
  return cart;
}

function refuseWith([first, ...others]: readonly ApiErrorRow[]): void {
  if (first) throw new ApiException([first, ...others]);
}

/**
 * A tag is compared before anybody is told whether the cart is theirs. Whoever has the tag of somebody else's cart knows
 * that there is one; with `*` nobody finds out.
 *
 * @throws ApiException 412 / 006
 */
async function assertCurrent(
  uuid: string,
  own: FilledCart | undefined,
  ifMatch: string,
  changes: CartChanges,
): Promise<void> {
  const cart = own ?? (ifMatch === '*' ? undefined : await changes.findOfAnybody(uuid));
  assertMatch(ifMatch, cart && etagOf(cart));
}

/** What the cart shall be; members that are not there stay as they are, and so does an empty store, currency or price mode. */
async function settingsOf(
  cart: FilledCart,
  { name, store, currency, priceMode }: UpdateCartAttributes,
  changes: CartChanges,
): Promise<CartSettings> {
  const requested = {
    name: name ?? cart.name,
    store: store || cart.store,
    currency: currency || cart.currency,
    priceMode: priceMode || cart.priceMode,
  };
  const requestedStore = await changes.findStore(requested.store);
  // of an unknown store nothing else can be said: the rest is judged by the store that the cart has
  const { settings, mistakes } = judge(requested, requestedStore ?? (await changes.findStore(cart.store)), cart);
  if (mistakes) throw new ApiException(mistakes);
  if (!requestedStore) throw new ApiException(CART_ERRORS.storeInvalid);
  return settings;
}

async function saved(cart: FilledCart, changes: CartChanges): Promise<FilledCart> {
  await changes.update(cart.uuid, cart);
  return cart;
}
