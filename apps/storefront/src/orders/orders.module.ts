import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CustomerOrdersController } from './customer-orders.controller.js';
import { OrdersController } from './orders.controller.js';
import { OrdersRepository } from './orders.repository.js';
import { SalesOrder } from './sales-order.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([SalesOrder])],
  controllers: [OrdersController, CustomerOrdersController],
  providers: [OrdersRepository],
  exports: [OrdersRepository],
})
export class OrdersModule {}
