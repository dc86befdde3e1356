import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { CartMergeService } from './cart-merge.service.js';
import { CartReadingRepository } from './cart-reading.repository.js';
import { CartsController } from './carts.controller.js';
import { CartsRepository } from './carts.repository.js';
import { CartsService } from './carts.service.js';
import { CustomerCartsController } from './customer-carts.controller.js';

@Module({
  imports: [CatalogueModule],
  controllers: [CartsController, CustomerCartsController],
  providers: [CartReadingRepository, CartsRepository, CartsService, CartMergeService],
  exports: [CartReadingRepository, CartsRepository, CartsService, CartMergeService],
})
export class CartsModule {}
