import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { RequestWithPrincipal } from '#auth';
import { ApiException, headerOf, type JsonApiHttpRequest } from '#json-api';
import { ACCESS_ERRORS } from './access.errors.js';

export const GUEST_HEADER = 'x-anonymous-customer-unique-id';

/** The owner of a cart or an order: a customer by id, or a guest by the hash of the guest's secret id. */
export type Shopper =
  { readonly customerId: string; readonly guestHash: null } | { readonly customerId: null; readonly guestHash: Buffer };

/** The customer of a token. */
export interface LoggedInCustomer {
  readonly id: string;
  readonly customerReference: string;
  readonly email: string;
  /** Locale such as `de_DE`. */
  readonly locale: string;
  /** True if an agent acts for the customer. */
  readonly isImpersonated: boolean;
}

type ShopperRequest = JsonApiHttpRequest & RequestWithPrincipal;

/** @returns undefined if the request has no guest id or an empty one */
export function guestOf(request: Pick<JsonApiHttpRequest, 'headers'>): Shopper | undefined {
  const id = headerOf(request, GUEST_HEADER)?.trim();
  return id ? { customerId: null, guestHash: createHash('sha256').update(id).digest() } : undefined;
}

function requestOf(context: ExecutionContext): ShopperRequest {
  return context.switchToHttp().getRequest<ShopperRequest>();
}

function customerOf({ user }: ShopperRequest): LoggedInCustomer | undefined {
  const { account, session } = user ?? {};
  if (account?.kind !== 'customer' || !session?.customerReference) return undefined;
  const { customerReference, email, locale, agent } = session;
  return { id: account.id, customerReference, email, locale, isImpersonated: agent !== null };
}

/** The customer as the owner of carts and orders. */
export function shopperOf({ id }: LoggedInCustomer): Shopper {
  return { customerId: id, guestHash: null };
}

/** The customer of a route with access `customer`. */
export const CurrentCustomer = createParamDecorator((_: unknown, context: ExecutionContext): LoggedInCustomer => {
  const customer = customerOf(requestOf(context));
  if (!customer) throw new ApiException(ACCESS_ERRORS.notCustomer);
  return customer;
});

/** The guest of a route with access `guest`. Without a guest id: error 400 / 109. */
export const CurrentGuest = createParamDecorator((_: unknown, context: ExecutionContext): Shopper => {
  const guest = guestOf(requestOf(context));
  if (!guest) throw new ApiException(ACCESS_ERRORS.missingGuestId);
  return guest;
});

/** The caller of a route with access `customer-or-guest`. Undefined if the request has neither. */
export const CurrentShopper = createParamDecorator((_: unknown, context: ExecutionContext): Shopper | undefined => {
  const request = requestOf(context);
  const customer = customerOf(request);
  return customer ? { customerId: customer.id, guestHash: null } : guestOf(request);
});
