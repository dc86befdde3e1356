import { Get, Param, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiException, Collection, JsonApiController, parseInclude, type JsonApiHttpRequest } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { CurrentCustomer, shopperOf, type LoggedInCustomer } from '../access/shopper.js';
import { CART_QUERY } from './cart-query.js';
import { cartResource } from './cart-resource.js';
import { CART_ERRORS } from './carts.errors.js';
import { CartsService } from './carts.service.js';
import { CartDto } from './dto/cart.dto.js';

/** The carts as a child of their customer, who must be the caller (contract: resources, section 2.4). */
@ApiTags('carts')
@JsonApiController('carts', 'customers/:customerReference/carts')
export class CustomerCartsController {
  constructor(private readonly service: CartsService) {}

  @Get()
  @Route({
    access: 'customer',
    summary: "The caller's carts",
    query: CART_QUERY,
    answer: { status: 200, description: 'All carts, the oldest first', list: CartDto },
    errors: [CART_ERRORS.unauthorized],
  })
  async list(
    @Param('customerReference') customerReference: string,
    @CurrentCustomer() customer: LoggedInCustomer,
    @Req() request: JsonApiHttpRequest,
  ): Promise<Collection> {
    if (customer.customerReference !== customerReference) throw new ApiException(CART_ERRORS.unauthorized);
    const include = parseInclude(request.query);
    const carts = await this.service.list(shopperOf(customer));
    return new Collection(carts.map((cart) => cartResource(cart, include)));
  }
}
