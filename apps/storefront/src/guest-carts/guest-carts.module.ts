import { Module } from '@nestjs/common';
import { CartsModule } from '../carts/carts.module.js';
import { GuestCartsController } from './guest-carts.controller.js';

@Module({ imports: [CartsModule], controllers: [GuestCartsController] })
export class GuestCartsModule {}
