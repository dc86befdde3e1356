import { createClient, createStepUpFetch } from '../src/index.js';

interface Shop {
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
  readonly sku: string;
  /** The code that a person would type. */
  readonly code: () => Promise<string>;
}

/**
 * What a front end does with types alone: logs in, activates the e-mail method, fills a cart and orders.
 *
 * @returns the reference of the order
 */
export async function orderWithSecondFactor({ baseUrl, username, password, sku, code }: Shop): Promise<string> {
  const session: { token?: string } = {};
  const fetch = createStepUpFetch({
    baseUrl,
    authorization: () => session.token && `Bearer ${session.token}`,
    stepUp: async ({ methods: [method = 'email'], trigger }) => {
      await trigger(method);
      return code();
    },
  });
  const shop = createClient({ baseUrl, fetch });

  const login = await shop.POST('/access-tokens', {
    body: { data: { type: 'access-tokens', attributes: { username, password } } },
  });
  session.token = must(login).data.attributes.accessToken;

  const email = { type: 'email' };
  must(
    await shop.POST('/multi-factor-auth-type-activate', {
      body: { data: { type: 'multi-factor-auth-type-activate', attributes: email } },
    }),
  );
  must(
    await shop.POST('/multi-factor-auth-type-verify', {
      params: { header: { 'X-MFA-Code': await code() } },
      body: { data: { type: 'multi-factor-auth-type-verify', attributes: email } },
    }),
  );

  const attributes = { name: 'Office', priceMode: 'GROSS_MODE', currency: 'EUR', store: 'DE' };
  const cart = must(await shop.POST('/carts', { body: { data: { type: 'carts', attributes } } }));
  const filled = must(
    await shop.POST('/carts/{cartId}/items', {
      params: { path: { cartId: cart.data.id }, query: { include: 'items' } },
      body: { data: { type: 'items', attributes: { sku, quantity: 1 } } },
    }),
  );
  const placed = await shop.POST('/checkout', {
    body: { data: { type: 'checkout', attributes: { ...ORDER, idCart: filled.data.id } } },
  });
  if (placed.error) throw new Error(placed.error.errors.map(({ detail }) => detail).join(' '));
  return placed.data.data.attributes.orderReference;
}

const ORDER = {
  billingAddress: {
    salutation: 'Ms',
    firstName: 'Ada',
    lastName: 'Kessler',
    address1: 'Am Sandtorkai',
    address2: '4',
    zipCode: '20457',
    city: 'Hamburg',
    iso2Code: 'DE',
  },
  shipment: { idShipmentMethod: 1 },
  payments: [{ paymentProviderName: 'DummyPayment', paymentMethodName: 'Invoice' }],
};

/** The document of a success; fails for a refusal. */
function must<Data>({ data, error }: { readonly data?: Data; readonly error?: unknown }): Data {
  if (error !== undefined) throw new Error(JSON.stringify(error));
  return data as Data;
}
