import { calculate, type Calculations, type Pricing } from '../carts/calculation.js';
import type { CartLine } from '../carts/cart.js';
import type { OfferedShipmentMethod } from '../catalogue/offers.repository.js';
import type { OrderAddress } from '../orders/order.js';
import type { CheckoutAddressDto } from './dto/checkout-address.dto.js';
import type { CheckoutFacts } from './checkout-facts.repository.js';
import type { Problem } from './checkout.errors.js';
import type { DeliveryAttributes, RequestedShipment } from './delivery.js';

/** A method with its price in the currency of the order. */
export interface PricedMethod {
  readonly method: OfferedShipmentMethod;
  readonly calculations: Calculations;
}

/** A shipment whose ids are looked up, as far as they were found. */
export interface ResolvedShipment {
  /** Undefined: the billing address. */
  readonly address: OrderAddress | undefined;
  readonly priced: PricedMethod | undefined;
  readonly items: readonly string[] | undefined;
  readonly requestedDeliveryDate: string | null;
}

/** The shipping and billing of an order. It is complete if there are no problems and the request left nothing out. */
export interface ResolvedDelivery {
  readonly billingAddress: OrderAddress | undefined;
  readonly shipments: readonly ResolvedShipment[];
  readonly problems: readonly Problem[];
}

type Report = (problem: Problem) => void;

/** Looks up the ids and codes of a request. Reports all problems at once. */
export function resolveDelivery(
  { billingAddress }: Pick<DeliveryAttributes, 'billingAddress'>,
  shipments: readonly RequestedShipment[],
  pricing: Pricing,
  facts: CheckoutFacts,
): ResolvedDelivery {
  const problems: Problem[] = [];
  const report: Report = (problem) => problems.push(problem);
  return {
    billingAddress: billingAddress ? resolveAddress(billingAddress, 'billingCountry', facts, report) : undefined,
    shipments: shipments.map(({ address, idShipmentMethod, ...shipment }) => ({
      ...shipment,
      address: address && resolveAddress(address, 'shippingCountry', facts, report),
      priced: idShipmentMethod === undefined ? undefined : priced(idShipmentMethod, pricing, facts, report),
    })),
    problems,
  };
}

/** Reports problems with the distribution of items over shipments. Each item must be in exactly one. */
export function spreadingProblems(lines: readonly CartLine[], shipments: readonly RequestedShipment[]): Problem[] {
  const contents = shipments.flatMap(({ items }) => (items ? [new Set(items)] : []));
  if (contents.length === 0) return [];
  const known = new Set(lines.map(({ groupKey }) => groupKey));
  const unknown = contents.flatMap((keys) => [...keys].filter((key) => !known.has(key)));
  return [
    ...unknown.map((subject): Problem => ({ kind: 'itemUnknown', subject })),
    ...[...known].flatMap((subject): Problem[] => {
      const count = contents.filter((keys) => keys.has(subject)).length;
      if (count === 1) return [];
      return [{ kind: count === 0 ? 'itemWithoutShipment' : 'itemInSeveralShipments', subject }];
    }),
  ];
}

function resolveAddress(
  address: CheckoutAddressDto,
  countryProblem: 'billingCountry' | 'shippingCountry',
  { addresses, countries }: CheckoutFacts,
  report: Report,
): OrderAddress | undefined {
  const { id, idCompanyBusinessUnitAddress: companyId } = address;
  // this application has no company addresses
  if (companyId) report({ kind: 'companyAddress', subject: companyId });
  if (companyId) return undefined;
  const found = id ? addresses.find(({ uuid }) => uuid === id.toLowerCase()) : address;
  if (!found) report({ kind: 'customerAddress', subject: id ?? '' });
  if (!found) return undefined;
  const code = found.iso2Code ?? '';
  const country = countries.find(({ iso2Code }) => iso2Code === code.toUpperCase());
  if (!country) report({ kind: countryProblem, subject: code });
  return country && orderAddress(found, country);
}

function orderAddress(
  address: Pick<CheckoutAddressDto, Exclude<keyof OrderAddress, 'country'>>,
  { iso2Code, name }: CheckoutFacts['countries'][number],
): OrderAddress {
  return {
    salutation: address.salutation ?? '',
    firstName: address.firstName ?? '',
    lastName: address.lastName ?? '',
    address1: address.address1 ?? '',
    address2: address.address2 ?? '',
    address3: address.address3 ?? null,
    zipCode: address.zipCode ?? '',
    city: address.city ?? '',
    country: name,
    iso2Code,
    company: address.company ?? null,
    phone: address.phone ?? null,
  };
}

function priced(
  id: number,
  pricing: Pricing,
  { shipmentMethods }: CheckoutFacts,
  report: Report,
): PricedMethod | undefined {
  const method = shipmentMethods.find((one) => one.id === id);
  const calculations = method && calculate({ quantity: 1, ...method }, pricing);
  if (!calculations) report({ kind: 'shipmentMethod', subject: '' });
  return calculations && { method, calculations };
}
