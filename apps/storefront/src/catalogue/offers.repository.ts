import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import { PaymentMethod } from './payment-method.entity.js';
import type { Prices } from './prices.js';
import { ShipmentMethod } from './shipment-method.entity.js';

/** A payment method that is offered now. */
export type OfferedPaymentMethod = Pick<PaymentMethod, 'providerName' | 'methodName'>;

/** A shipment method that is offered now. */
export interface OfferedShipmentMethod {
  readonly id: number;
  readonly name: string;
  readonly carrierName: string;
  readonly prices: Prices;
  /** In percent. */
  readonly taxRate: number;
  /** In seconds. */
  readonly deliveryTime: number | null;
}

/** Finds the shipment and payment methods that shoppers can choose. There are only a few. */
@Injectable()
export class OffersRepository {
  constructor(
    @InjectRepository(PaymentMethod) private readonly payments: Repository<PaymentMethod>,
    @InjectRepository(ShipmentMethod) private readonly shipments: Repository<ShipmentMethod>,
  ) {}

  paymentMethods(manager: EntityManager = this.payments.manager): Promise<OfferedPaymentMethod[]> {
    return manager.find(PaymentMethod, {
      select: { providerName: true, methodName: true },
      where: { isActive: true },
      order: { providerName: 'ASC', methodName: 'ASC' },
    });
  }

  /** @param ids only these methods; default: all that are offered */
  async shipmentMethods(
    ids?: readonly number[],
    manager: EntityManager = this.shipments.manager,
  ): Promise<OfferedShipmentMethod[]> {
    const withIds = ids && { id: In(ids.map(String)) };
    const methods = await manager.find(ShipmentMethod, { where: { isActive: true, ...withIds }, order: { id: 'ASC' } });
    return methods.map(({ id, name, carrier, prices, taxRate, deliveryTime }) => ({
      id: Number(id),
      name,
      carrierName: carrier,
      prices,
      taxRate: Number(taxRate),
      deliveryTime,
    }));
  }
}
