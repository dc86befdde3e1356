import { Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiException, Attributes, JsonApiController, Resource } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { CurrentShopper, type Shopper } from '../access/shopper.js';
import { CHECKOUT_ERRORS } from '../checkout/checkout.errors.js';
import { IDEMPOTENCY_ERRORS } from '../idempotency/idempotency.errors.js';
import { CurrentCall, type IdempotentCall } from '../idempotency/idempotent-call.js';
import { OrderPaymentsAttributes } from './order-payments.attributes.js';
import { ORDER_PAYMENT_ERRORS } from './order-payments.errors.js';
import { OrderPaymentsService } from './order-payments.service.js';

const EXAMPLE = {
  paymentIdentifier: 'b2f0c1d4-7f3a-4c58-9d21-6d0a3f4b5c6e',
  dataPayload: { status: 'authorized' },
};

/** Front ends hand on what a payment provider told them (contract: resources, section 2.6). */
@ApiTags('orders')
@JsonApiController('order-payments')
export class OrderPaymentsController {
  constructor(private readonly service: OrderPaymentsService) {}

  @Post()
  @Route({
    access: 'customer-or-guest',
    mfa: 'by-default',
    summary: "Updates a payment of one of the caller's orders",
    request: { type: 'order-payments', attributes: EXAMPLE },
    answer: {
      status: 201,
      description: 'What was sent',
      data: { type: 'order-payments', id: EXAMPLE.paymentIdentifier, attributes: EXAMPLE },
    },
    headers: { 'Idempotency-Key': '5b1c2f4e' },
    errors: [CHECKOUT_ERRORS.nobody, ORDER_PAYMENT_ERRORS.notUpdated, ...Object.values(IDEMPOTENCY_ERRORS)],
  })
  async update(
    @CurrentCall('POST /order-payments') call: IdempotentCall,
    @Attributes() attributes: OrderPaymentsAttributes,
    @CurrentShopper() shopper: Shopper | undefined,
  ): Promise<Resource> {
    if (!shopper) throw new ApiException(CHECKOUT_ERRORS.nobody);
    await this.service.update(attributes, shopper, call);
    const { paymentIdentifier, dataPayload } = attributes;
    return new Resource({
      type: 'order-payments',
      id: paymentIdentifier,
      attributes: { paymentIdentifier, dataPayload },
    });
  }
}
