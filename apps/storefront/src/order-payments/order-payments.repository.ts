import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import type { EntityManager } from 'typeorm';
import { run } from '#sql';
import type { Shopper } from '../access/shopper.js';
import { UPDATE_PAYMENT } from './order-payments.sql.js';

/** A payment status for payments of one provider. */
export interface ProviderStatus {
  readonly providerName: string;
  readonly status: string;
}

@Injectable()
export class OrderPaymentsRepository {
  /**
   * Sets a payment to the status for its provider, if the shopper placed the order.
   *
   * @param statuses one for each provider that understood the message
   * @returns false if there is no such payment, or none of the statuses is for its provider
   */
  async update(
    identifier: string,
    { customerId, guestHash }: Shopper,
    statuses: readonly ProviderStatus[],
    now: Date,
    manager: EntityManager,
  ): Promise<boolean> {
    if (!isUUID(identifier, 'loose')) return false;
    const updated = await run(manager, UPDATE_PAYMENT, {
      ...{ identifier, customerId, guestHash, now },
      providerNames: statuses.map(({ providerName }) => providerName),
      statuses: statuses.map(({ status }) => status),
    });
    return updated.length > 0;
  }
}
