import { HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { RequestWithPrincipal } from '#auth';
import { ApiException, Attributes, JsonApiController, parseInclude, Resource } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { CurrentShopper, type Shopper } from '../access/shopper.js';
import { CHECKOUT_ERRORS } from '../checkout/checkout.errors.js';
import { CheckoutDataIncludes } from './checkout-data-includes.js';
import { checkoutDataResource } from './checkout-data.resource.js';
import { CheckoutDataService } from './checkout-data.service.js';
import { CheckoutDataDto } from './dto/checkout-data.dto.js';
import { ReadCheckoutDataDto } from './dto/read-checkout-data.dto.js';

/** Front ends read the data of an order before it is placed (contract: resources, section 2.5). */
@ApiTags('checkout')
@JsonApiController('checkout-data')
export class CheckoutDataController {
  constructor(
    private readonly service: CheckoutDataService,
    private readonly includes: CheckoutDataIncludes,
  ) {}

  @Post()
  @HttpCode(200)
  @Route({
    access: 'customer-or-guest',
    summary: 'What can be chosen for an order, and what was chosen so far; nothing is judged or stored',
    query: { include: 'shipments,shipment-methods,payment-methods,addresses,carts,guest-carts' },
    answer: { status: 200, description: 'The choices', resource: CheckoutDataDto },
    errors: [CHECKOUT_ERRORS.nobody, CHECKOUT_ERRORS.cartNotFound],
  })
  async read(
    @Attributes() attributes: ReadCheckoutDataDto,
    @CurrentShopper() shopper: Shopper | undefined,
    @Query() query: Record<string, unknown>,
    @Req() request: RequestWithPrincipal,
  ): Promise<Resource> {
    if (!shopper) throw new ApiException(CHECKOUT_ERRORS.nobody);
    const data = await this.service.read(attributes, shopper);
    const reference = request.user?.session?.customerReference ?? undefined;
    const related = await this.includes.of(parseInclude(query), data, shopper, reference);
    const hasRelated = Object.keys(related).length > 0;
    return new Resource({ ...checkoutDataResource(data), ...(hasRelated && { related }) });
  }
}
