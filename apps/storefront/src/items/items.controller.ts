import { Delete, Param, Patch, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Attributes, JsonApiController, parseInclude, Resource, type JsonApiHttpRequest } from '#json-api';
import { CurrentCustomer, shopperOf, type LoggedInCustomer } from '../access/shopper.js';
import { CART_QUERY } from '../carts/cart-query.js';
import { cartResource } from '../carts/cart-resource.js';
import { CartDto } from '../carts/dto/cart.dto.js';
import { CartIdPipe } from './cart-id.pipe.js';
import { CartItemsService } from './cart-items.service.js';
import { CreateItemDto, UpdateItemDto } from './dto/write-item.dto.js';
import { itemRoutes } from './item-routes.js';

const { Add, Change, Remove } = itemRoutes({ access: 'customer', query: CART_QUERY, cart: CartDto });

/** The items of customers' carts. Write requests return the cart. */
@ApiTags('carts')
@JsonApiController('items', 'carts/:cartId/items')
export class ItemsController {
  constructor(private readonly service: CartItemsService) {}

  @Post()
  @Add
  async add(
    @Param('cartId', CartIdPipe) cartId: string,
    @Attributes() attributes: CreateItemDto,
    @CurrentCustomer() customer: LoggedInCustomer,
    @Req() { query }: JsonApiHttpRequest,
  ): Promise<Resource> {
    const filled = await this.service.add(cartId, attributes, shopperOf(customer));
    return new Resource(cartResource(filled, parseInclude(query)));
  }

  @Patch(['', ':id'])
  @Change
  async change(
    @Param('cartId') cartId: string,
    @Param('id') groupKey: string,
    @Attributes() { quantity }: UpdateItemDto,
    @CurrentCustomer() customer: LoggedInCustomer,
    @Req() { query }: JsonApiHttpRequest,
  ): Promise<Resource> {
    const filled = await this.service.change(cartId, groupKey, quantity, shopperOf(customer));
    return new Resource(cartResource(filled, parseInclude(query)));
  }

  @Delete(['', ':id'])
  @Remove
  remove(
    @Param('cartId') cartId: string,
    @Param('id') groupKey: string,
    @CurrentCustomer() customer: LoggedInCustomer,
  ): Promise<void> {
    return this.service.remove(cartId, groupKey, shopperOf(customer));
  }
}
