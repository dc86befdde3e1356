import { randomUUID } from 'node:crypto';
import { resourcesOf } from './answer-body.js';
import type { DemoAccount, Offer } from './demo-accounts.js';
import type { Request } from './http.js';
import type { Mails } from './mails.js';
import { confirm, deletion, post, referenceOf, register } from './newcomer.js';
import { CODE_MISSING, CREATED, DONE, OK, SESSION_ENDED } from './promise.js';
import { setUp, type Cast, type Step } from './story.js';

export interface OrderCast extends Cast {
  readonly offer: Offer;
  readonly mails: Mails;
}

const METHODS: Request = { method: 'GET', path: '/multi-factor-auth-types' };
const ADDRESS = {
  salutation: 'Ms',
  address1: 'Am Sandtorkai',
  address2: '4',
  zipCode: '20457',
  city: 'Hamburg',
  iso2Code: 'DE',
};

function addressOf({ firstName, lastName }: DemoAccount): object {
  return { ...ADDRESS, firstName, lastName, isDefaultShipping: true, isDefaultBilling: true };
}

function checkout(idCart: string, idAddress: string, { idShipmentMethod, payment }: Offer): Request {
  const attributes = {
    idCart,
    billingAddress: { id: idAddress },
    shippingAddress: { id: idAddress },
    shipment: { idShipmentMethod },
    payments: [payment],
  };
  return { ...post('checkout', attributes), path: '/checkout?include=orders' };
}

/** What the order needs: an address, and a cart with something in it. Only the items need no code. */
async function prepareOrder({ owner, offer: { store, currency, sku } }: OrderCast) {
  const customers = `customers/${await referenceOf(owner)}`;
  const address = await owner.does(post(`${customers}/addresses`, addressOf(owner.account)), CREATED, owner.code);
  const attributes = { name: 'Quay 4', priceMode: 'GROSS_MODE', currency, store };
  const cart = await owner.does(post('carts', attributes), CREATED, owner.code);
  const idCart = resourcesOf(cart)[0]?.id ?? '';
  await owner.does(post(`carts/${idCart}/items`, { sku, quantity: 2 }), CREATED);
  return { idCart, idAddress: resourcesOf(address)[0]?.id ?? '' };
}

export const ORDER_STORY: readonly Step<OrderCast>[] = [
  {
    tells: 'Somebody registers. A key comes by mail; without it the address is not confirmed, and nobody logs in.',
    plays: async ({ owner, mails }) => {
      const key = await register(owner, mails);
      await owner.failsToLogIn({ status: 401, code: '003' });
      await confirm(owner, key);
      await owner.logsIn();
    },
  },
  {
    tells: 'A thief finds the password out and logs in. The owner activates the e-mail method with the mailed code.',
    plays: async ({ owner, thief }) => {
      await thief.logsIn();
      await setUp(owner);
    },
  },
  {
    tells:
      'With that code the owner adds an authenticator app, whose code confirms what follows, and keeps a list of ' +
      'recovery codes for the day without it.',
    plays: async ({ owner }) => {
      await owner.addsAuthenticator();
      await owner.keepsRecoveryCodes();
      await owner.does(METHODS, { ...OK, methods: { email: 2, totp: 2, 'recovery-code': 2 } });
    },
  },
  {
    tells:
      'The owner adds an address, fills a cart and orders with the code of the app; the thief cannot. An order ' +
      'whose answer was lost is not placed twice.',
    plays: async (cast) => {
      const { owner, thief, offer } = cast;
      const { idCart, idAddress } = await prepareOrder(cast);
      const order = checkout(idCart, idAddress, offer);
      await thief.does(order, CODE_MISSING);
      const once = { ...order, headers: { 'Idempotency-Key': randomUUID() } };
      await owner.does(once, CREATED, owner.code);
      await owner.does(once, CREATED, owner.code);
      const orders = await owner.does({ method: 'GET', path: '/orders' }, OK);
      await owner.does(paymentOf(resourcesOf(orders)[0]?.attributes), CREATED, owner.code);
    },
  },
  {
    tells:
      'The owner logs in again without phone and mailbox. The thief cannot delete the account; the owner can, with a ' +
      'recovery code. That ends all sessions.',
    plays: async ({ owner, thief }) => {
      await owner.logsIn();
      const end = deletion(await referenceOf(owner));
      await thief.does(end, CODE_MISSING);
      await owner.does(end, DONE, owner.recoveryCode);
      await thief.isLoggedOut(SESSION_ENDED);
    },
  },
];

function paymentOf(order: Readonly<Record<string, unknown>> | undefined): Request {
  const [payment] = (order?.['payments'] ?? []) as readonly { readonly paymentIdentifier?: string }[];
  const paymentIdentifier = payment?.paymentIdentifier ?? '';
  return post('order-payments', { paymentIdentifier, dataPayload: { status: 'authorized' } });
}
