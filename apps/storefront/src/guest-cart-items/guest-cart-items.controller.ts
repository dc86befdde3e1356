import { Delete, Param, Patch, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Attributes,
  GENERIC_ERRORS,
  JsonApiController,
  parseInclude,
  Resource,
  type JsonApiHttpRequest,
} from '#json-api';
import type { ClientRequest } from '#platform';
import { Route } from '../access/route.decorator.js';
import { CurrentGuest, type Shopper } from '../access/shopper.js';
import { cartExample, GUEST_CART_QUERY, ITEM_ATTRIBUTES_EXAMPLE } from '../carts/cart-example.js';
import { cartResource } from '../carts/cart-resource.js';
import type { FilledCart } from '../carts/cart.js';
import { CART_ERRORS, itemRefused, tooManyItems } from '../carts/carts.errors.js';
import { CartIdPipe } from '../items/cart-id.pipe.js';
import { CartItemsService } from '../items/cart-items.service.js';
import { ItemAttributes, ItemQuantityAttributes } from '../items/item.attributes.js';

const { notFound, itemNotFound, cartIdMissing, storeInvalid, itemNotAdded, itemNotUpdated } = CART_ERRORS;
const { missingId } = GENERIC_ERRORS;
const OF_CART = 'guest-carts/:cartId/guest-cart-items';
const request = { type: 'guest-cart-items', attributes: ITEM_ATTRIBUTES_EXAMPLE };
const cart = cartExample('guest-carts');

/** The items of guests' carts; writes answer the cart (contract: resources, section 2.4). */
@ApiTags('guest carts')
@JsonApiController('guest-cart-items', '')
export class GuestCartItemsController {
  constructor(private readonly service: CartItemsService) {}

  @Post('guest-cart-items')
  @Route({
    access: 'guest',
    limited: true,
    summary: "Puts a product into the guest's cart; the first one creates it",
    query: GUEST_CART_QUERY,
    request,
    answer: { status: 201, description: 'The cart', data: cart },
    errors: [
      CART_ERRORS.tooManyGuestCarts,
      storeInvalid,
      itemRefused('Product "fake" not found'),
      tooManyItems(500),
      itemNotAdded,
    ],
  })
  async addFirst(
    @Attributes() attributes: ItemAttributes,
    @CurrentGuest() guest: Shopper,
    @Req() incoming: JsonApiHttpRequest & ClientRequest,
  ): Promise<Resource> {
    return answer(await this.service.addForGuest(attributes, guest, incoming.client), incoming);
  }

  @Post(OF_CART)
  @Route({
    access: 'guest',
    summary: "Puts a product into the guest's cart; quantities of the same product add up",
    query: GUEST_CART_QUERY,
    request,
    answer: { status: 201, description: 'The cart', data: cart },
    errors: [cartIdMissing, notFound, itemRefused('Product "fake" not found'), tooManyItems(500), itemNotAdded],
  })
  async add(
    @Param('cartId', CartIdPipe) cartId: string,
    @Attributes() attributes: ItemAttributes,
    @CurrentGuest() guest: Shopper,
    @Req() incoming: JsonApiHttpRequest,
  ): Promise<Resource> {
    return answer(await this.service.add(cartId, attributes, guest), incoming);
  }

  @Patch([OF_CART, `${OF_CART}/:id`])
  @Route({
    access: 'guest',
    summary: 'Changes the quantity of an item to another one; 0 removes it',
    query: GUEST_CART_QUERY,
    request,
    answer: { status: 200, description: 'The cart', data: cart },
    errors: [
      ...[missingId, notFound, itemNotFound, itemNotUpdated],
      itemRefused('Product "SP-2001" only has an availability of 1'),
    ],
  })
  async change(
    @Param('cartId') cartId: string,
    @Param('id') groupKey: string,
    @Attributes() { quantity }: ItemQuantityAttributes,
    @CurrentGuest() guest: Shopper,
    @Req() incoming: JsonApiHttpRequest,
  ): Promise<Resource> {
    return answer(await this.service.change(cartId, groupKey, quantity, guest), incoming);
  }

  @Delete([OF_CART, `${OF_CART}/:id`])
  @Route({
    access: 'guest',
    summary: 'Removes an item from a cart',
    errors: [missingId, notFound, itemNotFound],
  })
  remove(
    @Param('cartId') cartId: string,
    @Param('id') groupKey: string,
    @CurrentGuest() guest: Shopper,
  ): Promise<void> {
    return this.service.remove(cartId, groupKey, guest);
  }
}

function answer(filled: FilledCart, { query }: JsonApiHttpRequest): Resource {
  return new Resource(cartResource(filled, parseInclude(query), 'guest-carts'));
}
