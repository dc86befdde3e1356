import { Delete, Param, Patch, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Attributes, JsonApiController, parseInclude, Resource, type JsonApiHttpRequest } from '#json-api';
import type { ClientRequest } from '#platform';
import { CurrentGuest, type Shopper } from '../access/shopper.js';
import { GUEST_CART_QUERY } from '../carts/cart-query.js';
import { cartResource } from '../carts/cart-resource.js';
import type { FilledCart } from '../carts/cart.js';
import { GuestCartDto } from '../carts/dto/cart.dto.js';
import { CartIdPipe } from '../items/cart-id.pipe.js';
import { CartItemsService } from '../items/cart-items.service.js';
import { CreateGuestCartItemDto, UpdateGuestCartItemDto } from '../items/dto/write-item.dto.js';
import { itemRoutes } from '../items/item-routes.js';

const OF_CART = 'guest-carts/:cartId/guest-cart-items';

const { Add, AddFirst, Change, Remove } = itemRoutes({ access: 'guest', query: GUEST_CART_QUERY, cart: GuestCartDto });

/** The items of guests' carts. Write requests return the cart. */
@ApiTags('guest carts')
@JsonApiController('guest-cart-items', '')
export class GuestCartItemsController {
  constructor(private readonly service: CartItemsService) {}

  @Post('guest-cart-items')
  @AddFirst
  async addFirst(
    @Attributes() attributes: CreateGuestCartItemDto,
    @CurrentGuest() guest: Shopper,
    @Req() request: JsonApiHttpRequest & ClientRequest,
  ): Promise<Resource> {
    return answer(await this.service.addForGuest(attributes, guest, request.client), request);
  }

  @Post(OF_CART)
  @Add
  async add(
    @Param('cartId', CartIdPipe) cartId: string,
    @Attributes() attributes: CreateGuestCartItemDto,
    @CurrentGuest() guest: Shopper,
    @Req() request: JsonApiHttpRequest,
  ): Promise<Resource> {
    return answer(await this.service.add(cartId, attributes, guest), request);
  }

  @Patch([OF_CART, `${OF_CART}/:id`])
  @Change
  async change(
    @Param('cartId') cartId: string,
    @Param('id') groupKey: string,
    @Attributes() { quantity }: UpdateGuestCartItemDto,
    @CurrentGuest() guest: Shopper,
    @Req() request: JsonApiHttpRequest,
  ): Promise<Resource> {
    return answer(await this.service.change(cartId, groupKey, quantity, guest), request);
  }

  @Delete([OF_CART, `${OF_CART}/:id`])
  @Remove
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
