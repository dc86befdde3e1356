import { Module } from '@nestjs/common';
import { AddressesModule } from '../addresses/addresses.module.js';
import { CartsModule } from '../carts/carts.module.js';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { CheckoutModule } from '../checkout/checkout.module.js';
import { CheckoutDataController } from './checkout-data.controller.js';
import { CheckoutDataIncludes } from './checkout-data-includes.js';
import { CheckoutDataService } from './checkout-data.service.js';

@Module({
  imports: [AddressesModule, CartsModule, CatalogueModule, CheckoutModule],
  controllers: [CheckoutDataController],
  providers: [CheckoutDataIncludes, CheckoutDataService],
})
export class CheckoutDataModule {}
