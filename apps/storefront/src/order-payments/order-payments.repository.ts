import { isUUID } from 'class-validator';
import type { EntityManager } from 'typeorm';
import type { Shopper } from '../access/shopper.js';

/** What a provider may set a payment to. */
export interface ProviderStatus {
  readonly providerName: string;
  readonly status: string;
}

/**
 * Gives a payment the status that its provider has for it, if the shopper placed the order.
 *
 * @param statuses one for each provider that could read the message
 * @returns false when there is no such payment, or its provider is none of these
 */
export async function updatePayment(
  manager: EntityManager,
  identifier: string,
  { customerId, guestHash }: Shopper,
  statuses: readonly ProviderStatus[],
  now: Date,
): Promise<boolean> {
  if (!isUUID(identifier, 'loose')) return false;
  const [, count] = await manager.query<[unknown[], number]>(
    `UPDATE order_payment p SET status = s.status, updated_at = $6
     FROM sales_order o, unnest($4::text[], $5::text[]) AS s (provider_name, status)
     WHERE p.identifier = $1 AND o.id = p.order_id AND s.provider_name = p.provider_name
       AND (o.customer_id = $2::bigint OR o.guest_hash = $3::bytea)`,
    [
      identifier,
      customerId,
      guestHash,
      statuses.map(({ providerName }) => providerName),
      statuses.map(({ status }) => status),
      now,
    ],
  );
  return count > 0;
}
