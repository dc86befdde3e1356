import { Delete, Get, Param, Patch, Post, Req } from '@nestjs/common';
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
import { CurrentCustomer, shopperOf, type LoggedInCustomer } from '../access/shopper.js';
import { etagOf } from './cart-etag.js';
import { CART_QUERY } from './cart-query.js';
import { cartResource, createdCartResource } from './cart-resource.js';
import { CART_ERRORS, itemRefused, tooManyCarts } from './carts.errors.js';
import { CartsService } from './carts.service.js';
import { CartDto, CreatedCartDto } from './dto/cart.dto.js';
import { CreateCartDto } from './dto/create-cart.dto.js';
import { UpdateCartDto } from './dto/update-cart.dto.js';

const { notFound, storeInvalid, currencyIncorrect, priceModeIncorrect } = CART_ERRORS;

/** Carts of customers (contract: resources, section 2.4). */
@ApiTags('carts')
@JsonApiController('carts')
export class CartsController {
  constructor(private readonly service: CartsService) {}

  @Get()
  @Route({
    access: 'customer',
    summary: "The caller's carts",
    query: CART_QUERY,
    answer: { status: 200, description: 'All carts, the oldest first', list: CartDto },
  })
  async list(@CurrentCustomer() customer: LoggedInCustomer, @Req() request: JsonApiHttpRequest): Promise<Collection> {
    const include = parseInclude(request.query);
    const carts = await this.service.list(shopperOf(customer));
    return new Collection(carts.map((cart) => cartResource(cart, include)));
  }

  @Get(':id')
  @Route({
    access: 'customer',
    summary: 'One cart',
    query: CART_QUERY,
    answer: { status: 200, description: 'The cart', resource: CartDto },
    etag: true,
    errors: [notFound],
  })
  async get(
    @Param('id') id: string,
    @CurrentCustomer() customer: LoggedInCustomer,
    @Req() request: JsonApiHttpRequest,
  ): Promise<Resource> {
    const cart = await this.service.get(id, shopperOf(customer));
    return new Resource(cartResource(cart, parseInclude(request.query)), { etag: etagOf(cart) });
  }

  @Post()
  @Route({
    access: 'customer',
    mfa: 'by-default',
    summary: "Creates a cart, which becomes the caller's default; a name that is taken gets a number",
    query: CART_QUERY,
    answer: { status: 201, description: 'The new cart, without totals yet', resource: CreatedCartDto },
    etag: true,
    errors: [storeInvalid, currencyIncorrect, priceModeIncorrect, tooManyCarts(100), CART_ERRORS.creationFailed],
  })
  async create(
    @Attributes() attributes: CreateCartDto,
    @CurrentCustomer() { id }: LoggedInCustomer,
    @Req() request: JsonApiHttpRequest,
  ): Promise<Resource> {
    const cart = await this.service.create(attributes, id);
    return new Resource(createdCartResource(cart, parseInclude(request.query)), { etag: etagOf(cart) });
  }

  @Patch(['', ':id'])
  @Route({
    access: 'customer',
    mfa: 'by-default',
    summary: 'Changes a cart; empty members keep their value',
    query: CART_QUERY,
    answer: { status: 200, description: 'The cart as it is now', resource: CartDto },
    headers: { 'If-Match': '"7b1f0c3a9d5e4f62a8c1d0b9e7f35a46"' },
    etag: true,
    errors: [
      ...[GENERIC_ERRORS.missingId, GENERIC_ERRORS.ifMatchMissing, GENERIC_ERRORS.ifMatchFailed],
      ...[notFound, storeInvalid, currencyIncorrect, priceModeIncorrect, CART_ERRORS.priceModeLocked],
      itemRefused('Product "SP-2001" has no price in CHF'),
    ],
  })
  async update(
    @Param('id') id: string,
    @Attributes() attributes: UpdateCartDto,
    @CurrentCustomer() customer: LoggedInCustomer,
    @Req() request: JsonApiHttpRequest,
  ): Promise<Resource> {
    const cart = await this.service.update(id, attributes, shopperOf(customer), request);
    return new Resource(cartResource(cart, parseInclude(request.query)), { etag: etagOf(cart) });
  }

  @Delete(['', ':id'])
  @Route({
    access: 'customer',
    mfa: 'by-default',
    summary: 'Deletes a cart; where it was the default, the newest other one is',
    errors: [GENERIC_ERRORS.missingId, notFound],
  })
  delete(@Param('id') id: string, @CurrentCustomer() customer: LoggedInCustomer): Promise<void> {
    return this.service.delete(id, customer.id);
  }
}
