import { Get, Param, Patch, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Attributes,
  Collection,
  GENERIC_ERRORS,
  JsonApiController,
  parseInclude,
  Resource,
  type JsonApiHttpRequest,
} from '#json-api';
import { Route } from '../access/route.decorator.js';
import { CurrentGuest, type Shopper } from '../access/shopper.js';
import { GUEST_CART_QUERY } from '../carts/cart-query.js';
import { cartResource } from '../carts/cart-resource.js';
import { CART_ERRORS, itemRefused } from '../carts/carts.errors.js';
import { CartsService } from '../carts/carts.service.js';
import { GuestCartDto } from '../carts/dto/cart.dto.js';
import { UpdateGuestCartDto } from '../carts/dto/update-cart.dto.js';

const TYPE = 'guest-carts';
const { notFound, storeInvalid, currencyIncorrect, priceModeIncorrect, priceModeLocked } = CART_ERRORS;

/** The carts of guests, one each. Adding the first item creates it (contract: resources, section 2.4). */
@ApiTags('guest carts')
@JsonApiController(TYPE)
export class GuestCartsController {
  constructor(private readonly service: CartsService) {}

  @Get()
  @Route({
    access: 'guest',
    summary: "The guest's cart",
    query: GUEST_CART_QUERY,
    answer: { status: 200, description: 'A list of the one cart, or of none', list: GuestCartDto },
  })
  async list(@CurrentGuest() guest: Shopper, @Req() { query }: JsonApiHttpRequest): Promise<Collection> {
    const carts = await this.service.list(guest);
    return new Collection(carts.map((cart) => cartResource(cart, parseInclude(query), TYPE)));
  }

  @Get(':id')
  @Route({
    access: 'guest',
    summary: "The guest's cart",
    query: GUEST_CART_QUERY,
    answer: { status: 200, description: 'The cart', resource: GuestCartDto },
    errors: [notFound],
  })
  async get(
    @Param('id') id: string,
    @CurrentGuest() guest: Shopper,
    @Req() { query }: JsonApiHttpRequest,
  ): Promise<Resource> {
    return new Resource(cartResource(await this.service.get(id, guest), parseInclude(query), TYPE));
  }

  @Patch(['', ':id'])
  @Route({
    access: 'guest',
    summary: 'Changes the cart; empty members keep their value',
    query: GUEST_CART_QUERY,
    answer: { status: 200, description: 'The cart as it is now', resource: GuestCartDto },
    errors: [
      ...[GENERIC_ERRORS.missingId, notFound, storeInvalid, currencyIncorrect, priceModeIncorrect, priceModeLocked],
      itemRefused('Product "SP-2001" has no price in CHF'),
    ],
  })
  async update(
    @Param('id') id: string,
    @Attributes() attributes: UpdateGuestCartDto,
    @CurrentGuest() guest: Shopper,
    @Req() { query }: JsonApiHttpRequest,
  ): Promise<Resource> {
    const cart = await this.service.update(id, attributes, guest);
    return new Resource(cartResource(cart, parseInclude(query), TYPE));
  }
}
