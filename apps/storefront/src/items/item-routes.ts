import type { AttributesClass } from '#json-api';
import { GENERIC_ERRORS } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { CART_ERRORS, itemRefused, tooManyItems } from '../carts/carts.errors.js';

const { notFound, itemNotFound, cartIdMissing, itemNotAdded, itemNotUpdated, storeInvalid } = CART_ERRORS;

interface ItemsOf {
  readonly access: 'customer' | 'guest';
  readonly query: { readonly include: string };
  /** The response of write requests. */
  readonly cart: AttributesClass;
}

/** The routes of cart items, the same for customers and guests (contract: resources, section 2.4). */
export function itemRoutes({
  access,
  query,
  cart,
}: ItemsOf): Record<'Add' | 'AddFirst' | 'Change' | 'Remove', MethodDecorator> {
  const added = { status: 201, description: 'The cart', resource: cart } as const;
  const errorsOfAdding = [itemRefused('Product "fake" not found'), tooManyItems(500), itemNotAdded];
  return {
    Add: Route({
      access,
      summary: 'Puts a product into a cart; quantities of the same product add up',
      query,
      answer: added,
      errors: [cartIdMissing, notFound, ...errorsOfAdding],
    }),
    /** The cart need not exist yet. */
    AddFirst: Route({
      access,
      limited: 'guest-cart',
      summary: "Puts a product into the guest's cart; the first one creates it",
      query,
      answer: added,
      errors: [CART_ERRORS.tooManyGuestCarts, storeInvalid, ...errorsOfAdding],
    }),
    Change: Route({
      access,
      summary: 'Changes the quantity of an item to another one; 0 removes it',
      query,
      answer: { status: 200, description: 'The cart', resource: cart },
      errors: [
        ...[GENERIC_ERRORS.missingId, notFound, itemNotFound, itemNotUpdated],
        itemRefused('Product "SP-2001" only has an availability of 1'),
      ],
    }),
    Remove: Route({
      access,
      summary: 'Removes an item from a cart',
      errors: [GENERIC_ERRORS.missingId, notFound, itemNotFound],
    }),
  };
}
