import type { ApiErrorRow } from '#json-api';

/** Errors of carts and their items, of customers and guests (contract: resources, section 2.4). */
export const CART_ERRORS = {
  /** Also answered for somebody else's cart. */
  notFound: { status: 404, code: '101', detail: 'Cart with given uuid not found.' },
  itemNotFound: { status: 404, code: '103', detail: 'Item with the given group key not found in the cart.' },
  cartIdMissing: { status: 400, code: '104', detail: 'Cart uuid is missing.' },
  creationFailed: { status: 422, code: '107', detail: 'Failed to create cart.' },
  priceModeLocked: {
    status: 422,
    code: '111',
    detail: 'Can’t switch price mode when there are items in the cart.',
  },
  storeInvalid: { status: 422, code: '112', detail: 'Store data is invalid.' },
  itemNotAdded: { status: 422, code: '113', detail: 'Cart item could not be added.' },
  itemNotUpdated: { status: 422, code: '114', detail: 'Cart item could not be updated.' },
  currencyIncorrect: { status: 422, code: '117', detail: 'Currency is incorrect.' },
  priceModeIncorrect: { status: 422, code: '119', detail: 'Price mode is incorrect.' },
  /** The limit of one client address, with `Retry-After`. */
  tooManyGuestCarts: { status: 429, detail: 'Too many new carts of guests from your address.' },
  unauthorized: { status: 403, code: '802', detail: 'Unauthorized request.' },
} as const satisfies Record<string, ApiErrorRow>;

/** The error 422 / 102, with the reason why the item cannot be in the cart. */
export function itemRefused(detail: string): ApiErrorRow {
  return { status: 422, code: '102', detail };
}

/** The error 422 / 110: the customer has the maximum number of carts. */
export function tooManyCarts(limit: number): ApiErrorRow {
  return { status: 422, code: '110', detail: `Customer already has ${limit} carts. Please delete one first.` };
}

/** The error 422 / 102: the cart has the maximum number of products. */
export function tooManyItems(limit: number): ApiErrorRow {
  return itemRefused(`A cart cannot hold more than ${limit} different products`);
}
