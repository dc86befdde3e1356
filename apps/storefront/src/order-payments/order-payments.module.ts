import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { DummyPaymentUpdater } from './dummy-payment.updater.js';
import { OrderPaymentsController } from './order-payments.controller.js';
import { OrderPaymentsRepository } from './order-payments.repository.js';
import { OrderPaymentsService } from './order-payments.service.js';
import { assertOnePerProvider, PAYMENT_UPDATERS } from './payment-updater.js';

@Module({
  imports: [IdempotencyModule],
  controllers: [OrderPaymentsController],
  providers: [
    OrderPaymentsRepository,
    OrderPaymentsService,
    { provide: PAYMENT_UPDATERS, useValue: assertOnePerProvider([new DummyPaymentUpdater()]) },
  ],
})
export class OrderPaymentsModule {}
