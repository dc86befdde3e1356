import { Inject, Injectable } from '@nestjs/common';
import { ApiException } from '#json-api';
import { Clock } from '#platform';
import type { Shopper } from '../access/shopper.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import type { IdempotentCall } from '../idempotency/idempotent-call.js';
import type { UpdateOrderPaymentDto } from './dto/update-order-payment.dto.js';
import { ORDER_PAYMENT_ERRORS } from './order-payments.errors.js';
import { OrderPaymentsRepository } from './order-payments.repository.js';
import { PAYMENT_UPDATERS, type PaymentUpdater } from './payment-updater.js';

/** Processes messages of payment providers about payments of orders. */
@Injectable()
export class OrderPaymentsService {
  constructor(
    @Inject(PAYMENT_UPDATERS) private readonly updaters: readonly PaymentUpdater[],
    private readonly payments: OrderPaymentsRepository,
    private readonly idempotency: IdempotencyService,
    private readonly clock: Clock,
  ) {}

  /** @throws ApiException 422 / 2401 if the payment is not the shopper's, or no provider understands the message */
  update(
    { paymentIdentifier, dataPayload }: UpdateOrderPaymentDto,
    shopper: Shopper,
    call: IdempotentCall,
  ): Promise<void> {
    const statuses = this.updaters.flatMap((updater) => {
      const status = updater.statusOf(dataPayload);
      return status === undefined ? [] : [{ providerName: updater.providerName, status }];
    });
    return this.idempotency.run(call, shopper, async (manager) => {
      const updated = await this.payments.update(paymentIdentifier, shopper, statuses, this.clock.now(), manager);
      if (!updated) throw new ApiException(ORDER_PAYMENT_ERRORS.notUpdated);
    });
  }
}
