import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { PaymentMethod } from './payment-method.entity.js';
import { Product } from './product.entity.js';
import { ShipmentMethod } from './shipment-method.entity.js';
import { Store } from './store.entity.js';

@Injectable()
export class CatalogueStateRepository {
  constructor(
    @InjectRepository(Store) private readonly stores: Repository<Store>,
    @InjectRepository(Product) private readonly products: Repository<Product>,
    @InjectRepository(ShipmentMethod) private readonly shipmentMethods: Repository<ShipmentMethod>,
    @InjectRepository(PaymentMethod) private readonly paymentMethods: Repository<PaymentMethod>,
  ) {}

  /** @returns the missing parts of the catalogue: stores, products, or offered methods */
  async findMissing(): Promise<readonly string[]> {
    const kinds = {
      store: await this.stores.exists(),
      product: await this.products.exists(),
      shipmentMethod: await this.shipmentMethods.existsBy({ isActive: true }),
      paymentMethod: await this.paymentMethods.existsBy({ isActive: true }),
    };
    return Object.entries(kinds).flatMap(([kind, isThere]) => (isThere ? [] : [kind]));
  }
}
