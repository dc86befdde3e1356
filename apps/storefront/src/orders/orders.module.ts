import { Module } from '@nestjs/common';
import { CustomerOrdersController } from './customer-orders.controller.js';
import { OrdersController } from './orders.controller.js';
import { OrdersRepository } from './orders.repository.js';

@Module({
  controllers: [OrdersController, CustomerOrdersController],
  providers: [OrdersRepository],
  exports: [OrdersRepository],
})
export class OrdersModule {}
