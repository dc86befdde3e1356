import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { CartMergeService } from './cart-merge.service.js';
import { CartReadingRepository } from './cart-reading.repository.js';
import { CartTransactions } from './cart-transactions.repository.js';
import { CartsController } from './carts.controller.js';
import { CartsService } from './carts.service.js';
import { CustomerCartsController } from './customer-carts.controller.js';

@Module({
  imports: [CatalogueModule],
  controllers: [CartsController, CustomerCartsController],
  providers: [CartReadingRepository, CartTransactions, CartsService, CartMergeService],
  exports: [CartReadingRepository, CartTransactions, CartsService, CartMergeService],
})
export class CartsModule {}
