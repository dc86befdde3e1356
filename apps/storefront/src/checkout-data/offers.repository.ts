import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { findPaymentMethods, type OfferedPaymentMethod } from '../catalogue/payment-methods.repository.js';
import { findShipmentMethods, type OfferedShipmentMethod } from '../catalogue/shipment-methods.repository.js';

/** All ways to send and to pay that a shopper can choose from. */
@Injectable()
export class OffersRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  shipmentMethods(): Promise<OfferedShipmentMethod[]> {
    return findShipmentMethods(this.dataSource);
  }

  paymentMethods(): Promise<OfferedPaymentMethod[]> {
    return findPaymentMethods(this.dataSource);
  }
}
