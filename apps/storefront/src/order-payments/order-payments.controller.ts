import { Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiException, Attributes, JsonApiController, Resource } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { CurrentShopper, type Shopper } from '../access/shopper.js';
import { CHECKOUT_ERRORS } from '../checkout/checkout.errors.js';
import { IDEMPOTENCY_ERRORS } from '../idempotency/idempotency.errors.js';
import { CurrentCall, type IdempotentCall } from '../idempotency/idempotent-call.js';
import { OrderPaymentDto } from './dto/order-payment.dto.js';
import { UpdateOrderPaymentDto } from './dto/update-order-payment.dto.js';
import { ORDER_PAYMENT_ERRORS } from './order-payments.errors.js';
import { OrderPaymentsService } from './order-payments.service.js';

/** Front ends forward messages of payment providers (contract: resources, section 2.6). */
@ApiTags('orders')
@JsonApiController('order-payments')
export class OrderPaymentsController {
  constructor(private readonly service: OrderPaymentsService) {}

  @Post()
  @Route({
    access: 'customer-or-guest',
    mfa: 'by-default',
    summary: "Updates a payment of one of the caller's orders",
    answer: {
      status: 201,
      description: 'What was sent',
      resource: OrderPaymentDto,
    },
    headers: { 'Idempotency-Key': '5b1c2f4e' },
    errors: [CHECKOUT_ERRORS.nobody, ORDER_PAYMENT_ERRORS.notUpdated, ...Object.values(IDEMPOTENCY_ERRORS)],
  })
  async update(
    @CurrentCall('POST /order-payments') call: IdempotentCall,
    @Attributes() attributes: UpdateOrderPaymentDto,
    @CurrentShopper() shopper: Shopper | undefined,
  ): Promise<Resource> {
    if (!shopper) throw new ApiException(CHECKOUT_ERRORS.nobody);
    await this.service.update(attributes, shopper, call);
    const { paymentIdentifier, dataPayload } = attributes;
    return new Resource({
      type: 'order-payments',
      id: paymentIdentifier,
      attributes: { paymentIdentifier, dataPayload } satisfies OrderPaymentDto,
    });
  }
}
