import { Module } from '@nestjs/common';
import { CartsModule } from '../carts/carts.module.js';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { CartItemsService } from './cart-items.service.js';
import { GuestCartsRepository } from './guest-carts.repository.js';
import { ItemsController } from './items.controller.js';
import { ItemsRepository } from './items.repository.js';

@Module({
  imports: [CartsModule, CatalogueModule],
  controllers: [ItemsController],
  providers: [CartItemsService, GuestCartsRepository, ItemsRepository],
  exports: [CartItemsService],
})
export class ItemsModule {}
