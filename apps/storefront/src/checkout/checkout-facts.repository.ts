import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import type { DataSource, EntityManager } from 'typeorm';
import { prepared, type Statement } from '#platform';
import type { Shopper } from '../access/shopper.js';
import { findPaymentMethods, type OfferedPaymentMethod } from '../catalogue/payment-methods.repository.js';
import { findShipmentMethods, type OfferedShipmentMethod } from '../catalogue/shipment-methods.repository.js';
import type { OrderAddress } from '../orders/order.js';

/** An address of the address book; which country it is in is for the store to say. */
export type BookAddress = Omit<OrderAddress, 'country'> & { readonly uuid: string };

/** What an order is judged by. */
export interface CheckoutFacts {
  readonly countries: readonly { readonly iso2Code: string; readonly name: string }[];
  readonly orderReferencePrefix: string;
  /** Those asked for that are offered. */
  readonly shipmentMethods: readonly OfferedShipmentMethod[];
  /** Those asked for that are the shopper's. */
  readonly addresses: readonly BookAddress[];
}

const STORE: Statement = {
  name: 'checkout_store',
  text: `SELECT countries, order_reference_prefix AS "orderReferencePrefix" FROM store WHERE name = $1`,
};

const ADDRESSES: Statement = {
  name: 'checkout_addresses',
  text: `
    SELECT uuid, salutation, first_name AS "firstName", last_name AS "lastName", address1, address2, address3,
      zip_code AS "zipCode", city, iso2_code AS "iso2Code", company, phone
    FROM customer_address WHERE customer_id = $1 AND uuid = ANY ($2::uuid[])`,
};

/** Reads for checkout: three statements, however many shipments there are. Within a transaction all is read in it. */
@Injectable()
export class CheckoutFactsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  paymentMethods(manager: EntityManager = this.dataSource.manager): Promise<OfferedPaymentMethod[]> {
    return findPaymentMethods(manager);
  }

  async read(
    requested: { store: string; shipmentMethods: readonly number[]; addresses: readonly string[] },
    { customerId }: Shopper,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<CheckoutFacts> {
    const [store] = await prepared<Pick<CheckoutFacts, 'countries' | 'orderReferencePrefix'>>(manager, STORE, [
      requested.store,
    ]);
    const uuids = requested.addresses.filter((id) => isUUID(id, 'loose'));
    return {
      countries: store?.countries ?? [],
      orderReferencePrefix: store?.orderReferencePrefix ?? '',
      shipmentMethods: await findShipmentMethods(manager, requested.shipmentMethods),
      addresses:
        customerId !== null && uuids.length > 0
          ? await prepared<BookAddress>(manager, ADDRESSES, [customerId, uuids])
          : [],
    };
  }
}
