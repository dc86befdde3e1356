import { Module } from '@nestjs/common';
import { AddressesModule } from '../addresses/addresses.module.js';
import { CartsModule } from '../carts/carts.module.js';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { OrdersModule } from '../orders/orders.module.js';
import { CheckoutFactsRepository } from './checkout-facts.repository.js';
import { CheckoutController } from './checkout.controller.js';
import { CheckoutService } from './checkout.service.js';
import { OrderPlacingRepository } from './order-placing.repository.js';

@Module({
  imports: [AddressesModule, CartsModule, CatalogueModule, IdempotencyModule, OrdersModule],
  controllers: [CheckoutController],
  providers: [CheckoutFactsRepository, CheckoutService, OrderPlacingRepository],
  exports: [CheckoutFactsRepository],
})
export class CheckoutModule {}
