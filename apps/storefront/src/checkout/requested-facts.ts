import type { FilledCart } from '../carts/cart.js';
import type { DeliveryAttributes, RequestedShipment } from './delivery.js';

/** The ids and codes in a request that must be looked up in the catalogue and the address book. */
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
