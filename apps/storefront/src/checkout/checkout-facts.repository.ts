import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import { In, type EntityManager, type Repository } from 'typeorm';
import type { Shopper } from '../access/shopper.js';
import { CustomerAddress } from '../addresses/customer-address.entity.js';
import {
  OffersRepository,
  type OfferedPaymentMethod,
  type OfferedShipmentMethod,
} from '../catalogue/offers.repository.js';
import { StoresRepository } from '../catalogue/stores.repository.js';
import type { OrderAddress } from '../orders/order.js';

/** An address of the address book. The name of its country comes from the store. */
export type BookAddress = Omit<OrderAddress, 'country'> & { readonly uuid: string };

/** The data that an order is checked against. */
export interface CheckoutFacts {
  readonly countries: readonly { readonly iso2Code: string; readonly name: string }[];
  readonly orderReferencePrefix: string;
  /** The requested methods that are offered. */
  readonly shipmentMethods: readonly OfferedShipmentMethod[];
  /** The requested addresses that belong to the shopper. */
  readonly addresses: readonly BookAddress[];
}

/** The columns of an address that an order copies. */
const COPIED = {
  uuid: true,
  salutation: true,
  firstName: true,
  lastName: true,
  address1: true,
  address2: true,
  address3: true,
  zipCode: true,
  city: true,
  iso2Code: true,
  company: true,
  phone: true,
} as const;

/**
 * Reads the data for checkout in three statements, independent of the number of shipments. With `manager` it reads
 * within that transaction.
 */
@Injectable()
export class CheckoutFactsRepository {
  constructor(
    private readonly offers: OffersRepository,
    private readonly stores: StoresRepository,
    @InjectRepository(CustomerAddress) private readonly addresses: Repository<CustomerAddress>,
  ) {}

  paymentMethods(manager?: EntityManager): Promise<OfferedPaymentMethod[]> {
    return this.offers.paymentMethods(manager);
  }

  async read(
    requested: { store: string; shipmentMethods: readonly number[]; addresses: readonly string[] },
    { customerId }: Shopper,
    manager: EntityManager = this.addresses.manager,
  ): Promise<CheckoutFacts> {
    const store = await this.stores.findByName(requested.store, manager);
    const uuids = requested.addresses.filter((id) => isUUID(id, 'loose'));
    return {
      countries: store?.countries ?? [],
      orderReferencePrefix: store?.orderReferencePrefix ?? '',
      shipmentMethods: await this.offers.shipmentMethods(requested.shipmentMethods, manager),
      addresses:
        customerId !== null && uuids.length > 0
          ? await manager.find(CustomerAddress, { select: COPIED, where: { customerId, uuid: In(uuids) } })
          : [],
    };
  }
}
