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
import { Route } from '../access/route.decorator.js';
import { CurrentCustomer, shopperOf, type LoggedInCustomer } from '../access/shopper.js';
import { CART_QUERY, cartExample, ITEM_ATTRIBUTES_EXAMPLE } from '../carts/cart-example.js';
import { cartResource } from '../carts/cart-resource.js';
import { CART_ERRORS, itemRefused, tooManyItems } from '../carts/carts.errors.js';
import { CartIdPipe } from './cart-id.pipe.js';
import { CartItemsService } from './cart-items.service.js';
import { ItemAttributes, ItemQuantityAttributes } from './item.attributes.js';

const { notFound, itemNotFound, cartIdMissing, itemNotAdded, itemNotUpdated } = CART_ERRORS;
const { missingId } = GENERIC_ERRORS;
const cart = cartExample('carts');

/** The items of customers' carts; writes answer the cart (contract: resources, section 2.4). */
@ApiTags('carts')
@JsonApiController('items', 'carts/:cartId/items')
export class ItemsController {
  constructor(private readonly service: CartItemsService) {}

  @Post()
  @Route({
    access: 'customer',
    summary: 'Puts a product into a cart; quantities of the same product add up',
    query: CART_QUERY,
    request: { type: 'items', attributes: ITEM_ATTRIBUTES_EXAMPLE },
    answer: { status: 201, description: 'The cart', data: cart },
    errors: [cartIdMissing, notFound, itemRefused('Product "fake" not found'), tooManyItems(500), itemNotAdded],
  })
  async add(
    @Param('cartId', CartIdPipe) cartId: string,
    @Attributes() attributes: ItemAttributes,
    @CurrentCustomer() customer: LoggedInCustomer,
    @Req() { query }: JsonApiHttpRequest,
  ): Promise<Resource> {
    const filled = await this.service.add(cartId, attributes, shopperOf(customer));
    return new Resource(cartResource(filled, parseInclude(query)));
  }

  @Patch(['', ':id'])
  @Route({
    access: 'customer',
    summary: 'Changes the quantity of an item to another one; 0 removes it',
    query: CART_QUERY,
    request: { type: 'items', attributes: ITEM_ATTRIBUTES_EXAMPLE },
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
    @CurrentCustomer() customer: LoggedInCustomer,
    @Req() { query }: JsonApiHttpRequest,
  ): Promise<Resource> {
    const filled = await this.service.change(cartId, groupKey, quantity, shopperOf(customer));
    return new Resource(cartResource(filled, parseInclude(query)));
  }

  @Delete(['', ':id'])
  @Route({
    access: 'customer',
    summary: 'Removes an item from a cart',
    errors: [missingId, notFound, itemNotFound],
  })
  remove(
    @Param('cartId') cartId: string,
    @Param('id') groupKey: string,
    @CurrentCustomer() customer: LoggedInCustomer,
  ): Promise<void> {
    return this.service.remove(cartId, groupKey, shopperOf(customer));
  }
}
