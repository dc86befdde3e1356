import { ApiException } from '#json-api';
import type { CheckoutAddressDto } from './dto/checkout-address.dto.js';
import type { CheckoutPartDto } from './dto/checkout-part.dto.js';
import { CHECKOUT_ERRORS } from './checkout.errors.js';

type Address = CheckoutAddressDto;

/** The attributes of both checkout resources about shipping and billing. */
export interface DeliveryAttributes {
  readonly billingAddress?: Address | null;
  readonly shippingAddress?: Address | null;
  readonly shipment?: { readonly idShipmentMethod: number } | null;
  /** An empty list next to a single shipment is ignored. */
  readonly shipments?: readonly CheckoutPartDto[] | null;
}

export interface RequestedShipment {
  /** Undefined: the billing address. */
  readonly address: Address | undefined;
  readonly idShipmentMethod: number | undefined;
  /** Group keys. Undefined: all items. */
  readonly items: readonly string[] | undefined;
  readonly requestedDeliveryDate: string | null;
}

const ADDRESS_FIELDS = [
  ...(['salutation', 'firstName', 'lastName', 'address1', 'address2', 'address3'] as const),
  ...(['zipCode', 'city', 'iso2Code', 'company', 'phone'] as const),
];

/** The order's single shipment or its several ones. If a request has both, the single one. */
export function requestedShipments({ shippingAddress, shipment, shipments }: DeliveryAttributes): RequestedShipment[] {
  if (shipments && !shipment && !shippingAddress) return shipments.map(requestedPart);
  const address = shippingAddress ?? undefined;
  const only = { address, idShipmentMethod: shipment?.idShipmentMethod, items: undefined };
  return [{ ...only, requestedDeliveryDate: null }];
}

/** @throws ApiException 422 / 4301, 4302 */
export function assertDeliveryUnambiguous(attributes: DeliveryAttributes): void {
  const { billingAddress, shippingAddress, shipment, shipments } = attributes;
  const parts = shipments ?? [];
  if (parts.length > 0 && (shipment || shippingAddress)) throw new ApiException(CHECKOUT_ERRORS.mixedShipments);
  const addresses = [billingAddress, shippingAddress, ...parts.map((part) => part.shippingAddress)];
  if (addresses.some((address) => address && isMixed(address))) throw new ApiException(CHECKOUT_ERRORS.mixedAddress);
}

/** @throws ApiException 422 / 4303, 4304 */
export function assertShipmentsComplete({ shipment, shipments, ...single }: DeliveryAttributes): void {
  const isSingle = Boolean(shipment || single.shippingAddress);
  if (!shipment && (isSingle || !shipments)) throw new ApiException(CHECKOUT_ERRORS.shipmentMissing);
  if (isSingle || !shipments) return;
  const isComplete = ({ items, shippingAddress, idShipmentMethod }: CheckoutPartDto): boolean =>
    Boolean(items?.length && shippingAddress) && typeof idShipmentMethod === 'number';
  if (shipments.length === 0 || !shipments.every(isComplete)) {
    throw new ApiException(CHECKOUT_ERRORS.shipmentsIncomplete);
  }
}

function requestedPart(part: CheckoutPartDto): RequestedShipment {
  return {
    address: part.shippingAddress ?? undefined,
    idShipmentMethod: part.idShipmentMethod ?? undefined,
    items: part.items ?? [],
    requestedDeliveryDate: part.requestedDeliveryDate || null,
  };
}

function isMixed(address: Address): boolean {
  const { id, idCompanyBusinessUnitAddress } = address;
  if (!id && !idCompanyBusinessUnitAddress) return false;
  return Boolean(id && idCompanyBusinessUnitAddress) || ADDRESS_FIELDS.some((name) => address[name] ?? false);
}
