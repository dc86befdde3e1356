import type { ApiErrorRow } from '#json-api';

/** Errors of checkout (contract: resources, section 2.5). */
export const CHECKOUT_ERRORS = {
  invalidCart: { status: 422, code: '1101', detail: 'Checkout data is invalid.' },
  cartNotFound: { status: 422, code: '1103', detail: 'Cart not found.' },
  cartEmpty: { status: 422, code: '1104', detail: 'Cart is empty.' },
  /** The request has neither a customer nor a guest. */
  nobody: {
    status: 400,
    code: '1105',
    detail: 'One of Authorization or X-Anonymous-Customer-Unique-Id headers is required.',
  },
  cartNotDeleted: { status: 422, code: '1106', detail: 'Unable to delete cart.' },
  severalPayments: { status: 400, code: '1107', detail: 'Multiple payments are not allowed.' },
  customerMissing: {
    status: 422,
    code: '1109',
    detail: 'Required customer information is missing from the request body.',
  },
  mixedShipments: {
    status: 422,
    code: '4301',
    detail: 'Single and multiple shipments attributes are not allowed in the same request.',
  },
  mixedAddress: {
    status: 422,
    code: '4302',
    detail: 'Provided address is not valid. You can either provide address ID or address fields.',
  },
  shipmentMissing: { status: 422, code: '4303', detail: 'Shipment attribute is not specified.' },
  shipmentsIncomplete: { status: 422, code: '4304', detail: 'Shipments attributes are not specified.' },
} as const satisfies Record<string, ApiErrorRow>;

/** Refusals that can end when the cart or the catalogue changes. */
export const PASSING_REFUSALS: ReadonlySet<string> = new Set(['1101', '1102', '1104', '1106']);

/** The texts of 422 / 1102 for each problem. `subject` is the country, address, item or product. */
const PROBLEM_TEXTS = {
  billingCountry: {
    en: (subject) => `Billing address country not found for country code: ${subject}`,
    de: (subject) => `Das Land der Rechnungsadresse wurde für den Ländercode nicht gefunden: ${subject}`,
  },
  shippingCountry: {
    en: (subject) => `Shipping address country not found for country code: ${subject}`,
    de: (subject) => `Das Land der Lieferadresse wurde für den Ländercode nicht gefunden: ${subject}`,
  },
  shipmentMethod: {
    en: () => 'Shipment method not found.',
    de: () => 'Versandart wurde nicht gefunden.',
  },
  customerAddress: {
    en: (subject) => `Customer address with ID ${subject} not found.`,
    de: (subject) => `Kundenadresse mit der ID ${subject} wurde nicht gefunden.`,
  },
  companyAddress: {
    en: (subject) => `Company address with ID ${subject} not found.`,
    de: (subject) => `Firmenadresse mit der ID ${subject} wurde nicht gefunden.`,
  },
  payment: {
    en: () => 'Checkout payment is not valid',
    de: () => 'Die Zahlungsart ist nicht gültig',
  },
  itemWithoutShipment: {
    en: (subject) => `No shipment selected for the cart item ${subject}.`,
    de: (subject) => `Für den Warenkorb-Artikel ${subject} wurde keine Lieferung ausgewählt.`,
  },
  itemInSeveralShipments: {
    en: (subject) => `More than one shipment selected for the cart item ${subject}.`,
    de: (subject) => `Für den Warenkorb-Artikel ${subject} wurde mehr als eine Lieferung ausgewählt.`,
  },
  itemUnknown: {
    en: (subject) => `Cart item ${subject} not found.`,
    de: (subject) => `Warenkorb-Artikel ${subject} wurde nicht gefunden.`,
  },
  outOfStock: {
    en: (subject) => `Product "${subject}" is not available in the requested quantity.`,
    de: (subject) => `Das Produkt "${subject}" ist nicht in der gewünschten Menge verfügbar.`,
  },
} satisfies Record<string, Record<'en' | 'de', (subject: string) => string>>;

/** A reason why an order cannot be placed. */
export interface Problem {
  readonly kind: keyof typeof PROBLEM_TEXTS;
  readonly subject: string;
}

/** @param locale such as `de_DE` */
export function problemRow({ kind, subject }: Problem, locale: string): ApiErrorRow {
  const { en, de } = PROBLEM_TEXTS[kind];
  return { status: 422, code: '1102', detail: (locale.startsWith('de') ? de : en)(subject) };
}

/** A few problems, for the documentation. */
export const CHECKOUT_PROBLEMS_EXAMPLE: readonly ApiErrorRow[] = [
  problemRow({ kind: 'billingCountry', subject: 'XX' }, 'en_US'),
  problemRow({ kind: 'shipmentMethod', subject: '' }, 'en_US'),
  problemRow({ kind: 'payment', subject: '' }, 'en_US'),
];
