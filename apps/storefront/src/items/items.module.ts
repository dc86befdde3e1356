import { Module } from '@nestjs/common';
import { CartsModule } from '../carts/carts.module.js';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { CartItemsService } from './cart-items.service.js';
import { ItemsController } from './items.controller.js';

@Module({
  imports: [CartsModule, CatalogueModule],
  controllers: [ItemsController],
  providers: [CartItemsService],
  exports: [CartItemsService],
})
export class ItemsModule {}
