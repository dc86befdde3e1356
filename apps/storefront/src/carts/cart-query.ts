/** The query parameter of all routes that return carts, for the documentation. */
export const CART_QUERY = { include: 'items,concrete-products' };
export const GUEST_CART_QUERY = { include: 'guest-cart-items,concrete-products' };
