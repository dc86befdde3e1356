import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcome } from '#testing';
import { OrderPayment } from '../src/order-payments/order-payment.entity.js';
import { assertOnePerProvider } from '../src/order-payments/payment-updater.js';
import { GUEST, orderOf, storeCart, type Owner } from './ordering.js';
import { errorsOf, guest, Shop } from './shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.app.stop());

const NOT_UPDATED = '422 2401 Order payment is not updated.';
const AUTHORIZED = { status: 'authorized' };

/** Somebody with an order; @returns how to call, and the payment of the order */
async function payer(caller: { token: string; id: string } | ReturnType<typeof guest>, overrides: object = {}) {
  const owner: Owner = caller;
  const idCart = await storeCart(shop.app.dataSource, owner, [await shop.product()]);
  const options = 'token' in caller ? { token: caller.token } : caller;
  const { json } = await shop.app.api.post(
    '/checkout?include=orders',
    orderOf(idCart, { ...GUEST, ...overrides }),
    options,
  );
  const paymentIdentifier: string = json.included[0].attributes.payments[0].paymentIdentifier;
  return { options, paymentIdentifier };
}

const customerPayer = async () => payer(await shop.customer());
const statusOf = async (identifier: string) =>
  (await shop.app.dataSource.manager.findOneByOrFail(OrderPayment, { identifier })).status;

describe('An order payment', () => {
  it('gets the status that its provider says', async () => {
    const { options, paymentIdentifier } = await customerPayer();
    shop.app.clock.advance(60);
    const attributes = { paymentIdentifier, dataPayload: AUTHORIZED };
    const { status, json } = await shop.app.api.post('/order-payments?x=1', attributes, options);
    expect(status).toBe(201);
    expect(json).toEqual({
      data: {
        type: 'order-payments',
        id: paymentIdentifier,
        attributes,
        links: { self: `${shop.app.api.url}/order-payments/${paymentIdentifier}?x=1` },
      },
    });
    const stored = await shop.app.dataSource.manager.findOneByOrFail(OrderPayment, { identifier: paymentIdentifier });
    expect([stored.status, stored.updatedAt]).toEqual(['authorized', shop.app.clock.now()]);
    const orders = await shop.app.api.get('/orders', options);
    expect(orders.json.data[0].attributes.payments[0].status).toBe('authorized');
  });

  it("is a guest's by the id with which it was ordered", async () => {
    const { options, paymentIdentifier } = await payer(guest());
    const attributes = { paymentIdentifier, dataPayload: AUTHORIZED };
    expect(errorsOf(await shop.app.api.post('/order-payments', attributes, guest()))).toEqual([NOT_UPDATED]);
    expect(await statusOf(paymentIdentifier)).toBe('new');
    expect((await shop.app.api.post('/order-payments', attributes, options)).status).toBe(201);
    expect(await statusOf(paymentIdentifier)).toBe('authorized');
  });

  it('of somebody else, or of nobody, is not updated', async () => {
    const [own, foreign] = [await customerPayer(), await customerPayer()];
    const ofGuest = await payer(guest());
    const unknown = [foreign.paymentIdentifier, ofGuest.paymentIdentifier, randomUUID(), 'no-uuid', '__proto__', "'"];
    for (const paymentIdentifier of unknown) {
      const attributes = { paymentIdentifier, dataPayload: AUTHORIZED };
      expect(errorsOf(await shop.app.api.post('/order-payments', attributes, own.options))).toEqual([NOT_UPDATED]);
    }
    expect(await statusOf(foreign.paymentIdentifier)).toBe('new');
  });

  it('of a provider that nobody reads is not updated', async () => {
    const payments = [{ paymentProviderName: 'OtherPayment', paymentMethodName: 'Card' }];
    const { options, paymentIdentifier } = await payer(await shop.customer(), { payments });
    const attributes = { paymentIdentifier, dataPayload: AUTHORIZED };
    expect(errorsOf(await shop.app.api.post('/order-payments', attributes, options))).toEqual([NOT_UPDATED]);
    expect(await statusOf(paymentIdentifier)).toBe('new');
  });

  it('is not updated by a message that the provider does not send', async () => {
    const { options, paymentIdentifier } = await customerPayer();
    const statuses = ['', 5, null, ['paid'], 'x'.repeat(101), 'nul\0', { toString: 1 }];
    const payloads = [...statuses.map((status) => ({ status })), { state: 'paid' }, [AUTHORIZED], ['status']];
    for (const dataPayload of payloads) {
      const answer = await shop.app.api.post('/order-payments', { paymentIdentifier, dataPayload }, options);
      expect(errorsOf(answer), JSON.stringify(dataPayload)).toEqual([NOT_UPDATED]);
    }
    expect(await statusOf(paymentIdentifier)).toBe('new');
  });

  it('echoes a payload whatever else it says', async () => {
    const { options, paymentIdentifier } = await customerPayer();
    const dataPayload = { status: 'paid', nested: { list: [1, null, 'nul\0'] } };
    const headers = { ...('headers' in options ? options.headers : {}), 'idempotency-key': 'echo' };
    for (let count = 0; count < 2; count += 1) {
      const all = { ...options, headers };
      const { json } = await shop.app.api.post('/order-payments', { paymentIdentifier, dataPayload }, all);
      expect(json.data.attributes).toEqual({ paymentIdentifier, dataPayload });
    }
    const rows: unknown = await shop.app.dataSource.query(`SELECT answer::text FROM idempotency_record`);
    expect(JSON.stringify(rows)).not.toContain('nested');
  });

  it('needs an identifier and a payload', async () => {
    const { options } = await customerPayer();
    const of = async (attributes: object) => errorsOf(await shop.app.api.post('/order-payments', attributes, options));
    expect(await of({})).toEqual([
      '422 901 paymentIdentifier => This field is missing.',
      '422 901 dataPayload => This field is missing.',
    ]);
    for (const dataPayload of [{}, [], null, '']) {
      expect(await of({ paymentIdentifier: '', dataPayload })).toEqual([
        '422 901 paymentIdentifier => This value should not be blank.',
        '422 901 dataPayload => This value should not be blank.',
      ]);
    }
    for (const dataPayload of ['text', 5, true]) {
      expect(await of({ paymentIdentifier: 5, dataPayload })).toEqual([
        '422 901 paymentIdentifier => This value should be of type string.',
        '422 901 dataPayload => This value should be of type array.',
      ]);
    }
    const proto = JSON.parse('{"__proto__":{"status":"paid"},"constructor":1}') as object;
    const answer = await shop.app.api.post('/order-payments', { paymentIdentifier: 'x', dataPayload: proto }, options);
    expect(answer.status).toBeLessThan(500);
    expect(outcome(await shop.app.api.call('POST', '/order-payments', options))).toBe('400 Post data is invalid.');
    expect(outcome(await shop.app.api.call('GET', '/order-payments', options))).toBe('404 Not Found');
  });

  it('is for nobody without an identity', async () => {
    const attributes = { paymentIdentifier: randomUUID(), dataPayload: AUTHORIZED };
    expect(outcome(await shop.app.api.post('/order-payments', attributes))).toBe('400 1105');
    const empty = { headers: { authorization: '' } };
    expect(outcome(await shop.app.api.post('/order-payments', attributes, empty))).toBe('403 002');
    const agent = await shop.agent();
    expect(outcome(await shop.app.api.post('/order-payments', attributes, { token: agent.token }))).toBe('403 411');
  });

  it('asks customers with MFA for a code before anything else, and guests never', async () => {
    const customer = await shop.customer();
    const { options, paymentIdentifier } = await payer(customer);
    const code = await shop.enableMfa(customer.token, customer.email);
    const attributes = { paymentIdentifier, dataPayload: AUTHORIZED };
    expect(outcome(await shop.app.api.call('POST', '/order-payments', { ...options, body: '' }))).toBe('403 5900');
    expect(outcome(await shop.app.api.post('/order-payments', {}, options))).toBe('403 5900');
    expect(outcome(await shop.app.api.post('/order-payments', attributes, options))).toBe('403 5900');
    expect(await statusOf(paymentIdentifier)).toBe('new');
    expect((await shop.app.api.post('/order-payments', attributes, { ...options, code })).status).toBe(201);
    expect(outcome(await shop.app.api.post('/order-payments', {}, guest()))).toBe('422 901');
  });
});

describe('The list of payment updaters', () => {
  it('has one for each provider', () => {
    const updater = (providerName: string) => ({ providerName, statusOf: () => undefined });
    expect(assertOnePerProvider([updater('A'), updater('B')])).toHaveLength(2);
    expect(() => assertOnePerProvider([updater('A'), updater('B'), updater('A')])).toThrow(
      'More than one payment updater is for A.',
    );
  });
});
