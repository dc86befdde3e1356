import { Get, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiException,
  Attributes,
  Collection,
  JsonApiController,
  negotiateLocale,
  parseInclude,
  Resource,
  type JsonApiHttpRequest,
} from '#json-api';
import { Route } from '../access/route.decorator.js';
import { CurrentShopper, type Shopper } from '../access/shopper.js';
import { IDEMPOTENCY_ERRORS } from '../idempotency/idempotency.errors.js';
import { CurrentCall, type IdempotentCall } from '../idempotency/idempotent-call.js';
import { orderResource } from '../orders/order.resource.js';
import { OrdersRepository } from '../orders/orders.repository.js';
import { CHECKOUT_ERRORS, CHECKOUT_PROBLEMS_EXAMPLE } from './checkout.errors.js';
import { CheckoutService } from './checkout.service.js';
import { PlaceOrderDto } from './dto/place-order.dto.js';
import { PlacedOrderDto } from './dto/placed-order.dto.js';

/** Customers and guests order the items of their carts (contract: resources, section 2.5). */
@ApiTags('checkout')
@JsonApiController('checkout')
export class CheckoutController {
  constructor(
    private readonly service: CheckoutService,
    private readonly orders: OrdersRepository,
  ) {}

  @Get()
  @Route({
    access: 'public',
    summary: 'An empty list: what was ordered is found among the orders',
    answer: { status: 200, description: 'Nothing', list: PlacedOrderDto },
  })
  list(): Collection {
    return new Collection([]);
  }

  @Post()
  @Route({
    access: 'customer-or-guest',
    mfa: 'by-default',
    summary: 'Places an order for all that is in a cart; the cart is gone then',
    query: { include: 'orders,order-shipments' },
    answer: { status: 201, description: 'The reference of the order', resource: PlacedOrderDto },
    headers: { 'Idempotency-Key': '5b1c2f4e' },
    errors: [...Object.values(CHECKOUT_ERRORS), ...CHECKOUT_PROBLEMS_EXAMPLE, ...Object.values(IDEMPOTENCY_ERRORS)],
  })
  async place(
    @CurrentCall('POST /checkout') call: IdempotentCall,
    @Attributes() attributes: PlaceOrderDto,
    @CurrentShopper() shopper: Shopper | undefined,
    @Query() query: Record<string, unknown>,
    @Req() request: JsonApiHttpRequest,
  ): Promise<Resource> {
    if (!shopper) throw new ApiException(CHECKOUT_ERRORS.nobody);
    const locale = negotiateLocale(request, ['en_US', 'de_DE']);
    const orderReference = await this.service.place(attributes, shopper, locale, call);
    // read again, because the answer stored for repeated requests has no personal data
    const include = parseInclude(query);
    const order = include.has('orders') ? await this.orders.find(orderReference, shopper) : undefined;
    return new Resource({
      type: 'checkout',
      id: null,
      attributes: { orderReference, redirectUrl: null, isExternalRedirect: null } satisfies PlacedOrderDto,
      ...(order && { related: { orders: [orderResource(order, include)] } }),
    });
  }
}
