import { Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiException, Collection, JsonApiController, Resource, parseInclude } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { CurrentCustomer, shopperOf, type LoggedInCustomer } from '../access/shopper.js';
import { OrderDto } from './dto/order.dto.js';
import { ORDER_LIST_QUERY, orderList } from './order-list.js';
import { orderResource } from './order.resource.js';
import { ORDER_ERRORS } from './orders.errors.js';
import { OrdersRepository } from './orders.repository.js';

/** Customers read their orders (contract: resources, section 4, point 20). */
@ApiTags('orders')
@JsonApiController('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersRepository) {}

  @Get()
  @Route({
    access: 'customer',
    summary: "The caller's orders, newest first",
    query: ORDER_LIST_QUERY,
    answer: { status: 200, description: 'A page of orders', list: OrderDto },
  })
  list(@CurrentCustomer() customer: LoggedInCustomer, @Query() query: Record<string, unknown>): Promise<Collection> {
    return orderList(this.orders, customer.id, query);
  }

  @Get(':id')
  @Route({
    access: 'customer',
    summary: "One of the caller's orders",
    query: { include: 'order-shipments' },
    answer: { status: 200, description: 'The order', resource: OrderDto },
    errors: [ORDER_ERRORS.notFound],
  })
  async get(
    @Param('id') reference: string,
    @CurrentCustomer() customer: LoggedInCustomer,
    @Query() query: Record<string, unknown>,
  ): Promise<Resource> {
    const order = await this.orders.find(reference, shopperOf(customer));
    if (!order) throw new ApiException(ORDER_ERRORS.notFound);
    return new Resource(orderResource(order, parseInclude(query)));
  }
}
