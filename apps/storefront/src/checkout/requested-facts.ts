import type { FilledCart } from '../carts/cart.js';
import type { DeliveryAttributes, RequestedShipment } from './delivery.js';

/** What of the catalogue and the address book a request names. */
export function requestedFacts(
  { store }: FilledCart,
  { billingAddress }: Pick<DeliveryAttributes, 'billingAddress'>,
  shipments: readonly RequestedShipment[],
): { store: string; shipmentMethods: number[]; addresses: string[] } {
  const addresses = [billingAddress, ...shipments.map(({ address }) => address)];
  return {
    store,
    shipmentMethods: shipments.flatMap(({ idShipmentMethod }) => idShipmentMethod ?? []),
    addresses: addresses.flatMap((address) => address?.id || []),
  };
}
