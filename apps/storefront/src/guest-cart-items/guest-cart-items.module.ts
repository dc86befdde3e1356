import { Module } from '@nestjs/common';
import { ItemsModule } from '../items/items.module.js';
import { GuestCartItemsController } from './guest-cart-items.controller.js';

@Module({ imports: [ItemsModule], controllers: [GuestCartItemsController] })
export class GuestCartItemsModule {}
