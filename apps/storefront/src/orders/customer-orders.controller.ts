import { Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiException, Collection, JsonApiController } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { CurrentCustomer, type LoggedInCustomer } from '../access/shopper.js';
import { OrderDto } from './dto/order.dto.js';
import { ORDER_LIST_QUERY, orderList } from './order-list.js';
import { ORDER_ERRORS } from './orders.errors.js';
import { OrdersRepository } from './orders.repository.js';

/** The orders as a child of their customer. */
@ApiTags('orders')
@JsonApiController('orders', 'customers/:customerReference/orders')
export class CustomerOrdersController {
  constructor(private readonly orders: OrdersRepository) {}

  @Get()
  @Route({
    access: 'customer',
    summary: "The caller's orders, newest first",
    query: ORDER_LIST_QUERY,
    answer: { status: 200, description: 'A page of orders', list: OrderDto },
    errors: [ORDER_ERRORS.unauthorized],
  })
  async list(
    @Param('customerReference') reference: string,
    @CurrentCustomer() customer: LoggedInCustomer,
    @Query() query: Record<string, unknown>,
  ): Promise<Collection> {
    if (reference !== customer.customerReference) throw new ApiException(ORDER_ERRORS.unauthorized);
    return orderList(this.orders, customer.id, query);
  }
}
