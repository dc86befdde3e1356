import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Customer } from '#auth';
import { createCustomer, mailedCode, outcome, PASSWORD, type Answer, mailsTo } from '#testing';
import { errorsOf, guest, Shop, type LoggedIn } from './shop.js';

const UNAUTHORIZED = ['403 411 Unauthorized request.'];
const NOT_FOUND = ['404 402 Customer not found.'];

const stamp = (moment: Date): string => `${moment.toISOString().slice(0, -1).replace('T', ' ')}000`;

describe('The resource customers', () => {
  let shop: Shop;
  let ada: LoggedIn;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());
  beforeEach(async () => {
    ada = await shop.customer({ gender: 'Female', dateOfBirth: '1990-02-28' });
  });

  const pathOf = ({ customerReference }: Customer): string => `/customers/${customerReference}`;
  const get = (path: string, token: string | undefined = ada.token): Promise<Answer> =>
    shop.app.api.get(path, { token });
  const change = (attributes: object, code?: string, path = pathOf(ada)): Promise<Answer> =>
    shop.app.api.patch(path, attributes, { token: ada.token, code });
  const dataOf = (
    { customerReference, createdAt, updatedAt, ...customer }: Customer,
    overrides: object = {},
  ): object => ({
    type: 'customers',
    id: customerReference,
    attributes: {
      firstName: customer.firstName,
      lastName: customer.lastName,
      email: customer.email,
      gender: customer.gender,
      dateOfBirth: customer.dateOfBirth,
      salutation: customer.salutation,
      createdAt: stamp(createdAt),
      updatedAt: stamp(updatedAt),
      ...overrides,
    },
    links: { self: `${shop.app.api.url}/customers/${customerReference}` },
  });

  describe('GET /customers', () => {
    it('lists the caller, and nobody else', async () => {
      const { status, json } = await get('/customers');
      expect([status, json]).toEqual([200, { data: [dataOf(ada)], links: { self: `${shop.app.api.url}/customers` } }]);
    });

    it('answers one customer with the query in its link', async () => {
      const { status, json } = await get(`${pathOf(ada)}?fields[customers]=firstName,email`);
      expect([status, json.data.attributes]).toEqual([200, { firstName: 'Ada', email: ada.email }]);
      expect(json.data.links.self).toBe(`${shop.app.api.url}${pathOf(ada)}?fields[customers]=firstName,email`);
      expect((await get(pathOf(ada))).json).toEqual({ data: dataOf(ada) });
    });

    it('keeps what a customer never said as null', async () => {
      const ben = await shop.customer();
      const { attributes } = (await get(pathOf(ben), ben.token)).json.data;
      expect([attributes.gender, attributes.dateOfBirth]).toEqual([null, null]);
    });

    it('does not know anybody else', async () => {
      const ben = await shop.customer();
      for (const path of [
        pathOf(ben),
        '/customers/DE--0',
        '/customers/mine',
        '/customers/%00',
        '/customers/__proto__',
      ]) {
        expect(errorsOf(await get(path))).toEqual(NOT_FOUND);
      }
    });

    it('needs the token of a customer', async () => {
      for (const path of ['/customers', pathOf(ada)]) {
        expect(outcome(await shop.app.api.get(path))).toBe('403 002');
        expect(outcome(await shop.app.api.get(path, { token: 'wrong' }))).toBe('401 001');
        expect(outcome(await shop.app.api.get(path, guest()))).toBe('403 002');
      }
      const agent = await shop.agent();
      expect(outcome(await get('/customers', agent.token))).toBe('403 411');
    });

    it('includes the addresses of the caller when it is asked to', async () => {
      expect((await get('/customers?include=addresses,wishlists')).json.data[0].relationships).toEqual({
        addresses: { data: [] },
      });
      const address = {
        salutation: 'Ms',
        firstName: 'Ada',
        lastName: 'Kessler',
        address1: 'Am Sandtorkai',
        address2: '4',
        zipCode: '20457',
        city: 'Hamburg',
        iso2Code: 'DE',
        isDefaultShipping: false,
        isDefaultBilling: false,
      };
      const added = await shop.app.api.post(`${pathOf(ada)}/addresses`, address, { token: ada.token });
      const { id, attributes } = added.json.data;
      for (const path of ['/customers', pathOf(ada)]) {
        const { json } = await get(`${path}?include=addresses`);
        expect([json.data].flat()[0].relationships).toEqual({ addresses: { data: [{ type: 'addresses', id }] } });
        const self = `${shop.app.api.url}${pathOf(ada)}/addresses/${id}`;
        expect(json.included).toEqual([{ type: 'addresses', id, attributes, links: { self } }]);
      }
      expect((await get('/customers')).json.included).toBeUndefined();
    });
  });

  describe('PATCH /customers/{customerReference}', () => {
    it('changes what is sent, and nothing else', async () => {
      shop.app.clock.advance(60);
      const overrides = { salutation: 'Dr', firstName: 'Grace', gender: 'Male', dateOfBirth: '1906-12-09' };
      const { status, json } = await change({ ...overrides, nothing: 'known', id: '1' });
      const updatedAt = stamp(shop.app.clock.now());
      expect([status, json]).toEqual([200, { data: dataOf(ada, { ...overrides, updatedAt }) }]);
      expect((await get(pathOf(ada))).json.data).toEqual(json.data);
      expect((await change({})).json.data.attributes).toEqual(json.data.attributes);
      expect((await change({ lastName: 'Hopper' })).json.data.attributes).toMatchObject({
        ...overrides,
        lastName: 'Hopper',
      });
    });

    it.each([
      [{ salutation: '' }, 'salutation => This value should not be blank.'],
      [{ salutation: 'Sir' }, 'salutation => The value you selected is not a valid choice.'],
      [{ firstName: null }, 'firstName => This value should not be blank.'],
      [{ firstName: 'A\0da' }, 'firstName => This value contains a character that is not allowed.'],
      [{ lastName: 'x'.repeat(101) }, 'lastName => This value is too long. It should have 100 characters or less.'],
      [{ gender: 'x' }, 'gender => The value you selected is not a valid choice.'],
      [{ email: 'x' }, 'email => This value is not a valid email address.'],
      [{ email: '' }, 'email => This value should not be blank.'],
      [{ dateOfBirth: '2001-02-29' }, 'dateOfBirth => This value is not a valid date.'],
      [{ dateOfBirth: '2990-01-01' }, 'dateOfBirth => This value is not a valid date.'],
      [{ dateOfBirth: ['2001-02-28'] }, 'dateOfBirth => This value is not a valid date.'],
      [{ acceptedTerms: false }, 'acceptedTerms => This value should be true.'],
      [{ acceptedTerms: null }, 'acceptedTerms => This value should not be blank.'],
      [{ password: 'Ab1!' }, 'password => This value is too short. It should have 8 characters or more.'],
      [{ confirmPassword: 'Ab1!' }, 'confirmPassword => This value is too short. It should have 8 characters or more.'],
      [{ password: 'x'.repeat(129) }, 'password => This value is too long. It should have 128 characters or less.'],
    ])('refuses %j', async (overrides, detail) => {
      expect(errorsOf(await change(overrides))[0]).toBe(`422 901 ${detail}`);
      expect((await get(pathOf(ada))).json.data).toEqual(dataOf(ada));
    });

    it('looks at passwords, and stores none', async () => {
      const differ = '422 406 Value in field password should be identical to value in the confirmPassword field.';
      const password = 'Harbor-Later-02!';
      expect(errorsOf(await change({ password, confirmPassword: 'Harbor-Other-02!' }))).toEqual([differ]);
      for (const alone of [{ password }, { confirmPassword: password }]) {
        expect(errorsOf(await change(alone))).toEqual([differ]);
      }
      expect((await change({ password, confirmPassword: password, acceptedTerms: true })).status).toBe(200);
      expect(await shop.login(ada.email, password)).toBeUndefined();
      expect(await shop.login(ada.email, PASSWORD)).toEqual(expect.any(String));
    });

    it('is for the own account alone, whatever is sent, and validates before', async () => {
      const ben = await shop.customer();
      for (const path of [pathOf(ben), '/customers/DE--0', '/customers/%00', '/customers/mine']) {
        expect(errorsOf(await change({ firstName: 'Eve' }, undefined, path))).toEqual(UNAUTHORIZED);
      }
      expect(outcome(await change({ firstName: '' }, undefined, pathOf(ben)))).toBe('422 901');
      const passwords = { password: 'Harbor-Later-02!', confirmPassword: 'Harbor-Other-02!' };
      expect(outcome(await change(passwords, undefined, pathOf(ben)))).toBe('403 411');
      const body = { data: { type: 'customers', attributes: {} } };
      for (const path of ['/customers', '/customers/']) {
        expect(outcome(await shop.app.api.call('PATCH', path, { token: ada.token, body }))).toBe(
          '400 Resource id is not specified.',
        );
      }
    });

    it('asks for the second factor after the token, and before it looks at the body', async () => {
      const code = await shop.enableMfa(ada.token, ada.email);
      const path = pathOf(ada);
      expect(outcome(await shop.app.api.call('PATCH', path, { body: 'no json' }))).toBe('403 002');
      expect(outcome(await shop.app.api.call('PATCH', path, { body: 'no json', token: ada.token }))).toBe('403 5900');
      expect(outcome(await change({ firstName: 'Eve' }))).toBe('403 5900');
      expect(outcome(await change({ firstName: 'Eve' }, '000000x'))).toBe('403 5901');
      expect((await get(pathOf(ada))).json.data.attributes.firstName).toBe('Ada');
      expect((await change({ firstName: 'Eve' }, code)).json.data.attributes.firstName).toBe('Eve');
    });
  });

  describe('A new e-mail address', () => {
    const move = (code?: string, email = `moved-${ada.email}`): Promise<Answer> => change({ email }, code);

    it('is the one to log in with; the old one gets a notice that tells from where, and not the new one', async () => {
      const { status, json } = await move();
      expect([status, json.data.attributes.email]).toEqual([200, `moved-${ada.email}`]);
      expect(await shop.login(ada.email)).toBeUndefined();
      expect(await shop.login(`moved-${ada.email}`)).toEqual(expect.any(String));
      const [notice, ...others] = await mailsTo(shop.app, ada.email);
      expect([notice!.subject, others]).toEqual(['The e-mail address of your account was changed', []]);
      expect(notice!.text).toContain('\nFrom: 127.0.0.1\n');
      expect(notice!.text + notice!.html).not.toContain(`moved-${ada.email}`);
      expect(await mailsTo(shop.app, `moved-${ada.email}`)).toEqual([]);
    });

    it('is told in the language of the customer', async () => {
      ada = await shop.customer({ locale: 'de_DE' });
      await move();
      const [notice] = await mailsTo(shop.app, ada.email);
      expect(notice!.subject).toBe('Die E-Mail-Adresse Ihres Kontos wurde geändert');
      expect(notice!.headers['content-language']).toBe('de');
    });

    it('may be the old one with other capitals, which counts as another one', async () => {
      expect((await move(undefined, ada.email.toUpperCase())).json.data.attributes.email).toBe(ada.email.toUpperCase());
      expect(await mailsTo(shop.app, ada.email)).toHaveLength(1);
    });

    it('is none when it is the same: nobody gets a notice, and the grant goes on', async () => {
      const code = await shop.enableMfa(ada.token, ada.email);
      expect((await move(code, ada.email)).status).toBe(200);
      expect((await change({ firstName: 'Eve' }, code)).status).toBe(200);
      const subjects = (await mailsTo(shop.app, ada.email)).map(({ subject }) => subject);
      expect(subjects).not.toContain('The e-mail address of your account was changed');
    });

    it('voids codes and grants', async () => {
      const code = await shop.enableMfa(ada.token, ada.email);
      expect((await move(code)).status).toBe(200);
      expect(outcome(await change({ firstName: 'Eve' }, code))).toBe('403 5901');
      await shop.app.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token: ada.token });
      const fresh = mailedCode(shop.app.mailbox, `moved-${ada.email}`);
      expect((await change({ firstName: 'Eve' }, fresh)).status).toBe(200);
    });

    it('is not for an agent to choose, with whatever code; all else is', async () => {
      await shop.enableMfa(ada.token, ada.email);
      const agent = await shop.agent();
      await shop.enableMfa(agent.token, agent.username);
      const attributes = { customerReference: ada.customerReference };
      const opened = await shop.app.api.post('/agent-customer-impersonation-access-tokens', attributes, agent);
      const token = opened.json.data.attributes.accessToken as string;
      await shop.app.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token });
      const code = mailedCode(shop.app.mailbox, agent.username);
      const patch = (changes: object) => shop.app.api.patch(pathOf(ada), changes, { token, code });
      expect(outcome(await patch({ email: `moved-${ada.email}` }))).toBe('403 411');
      expect(outcome(await patch({ email: ada.email, firstName: 'Eva' }))).toBe('200');
      expect((await get(pathOf(ada))).json.data.attributes).toMatchObject({ email: ada.email, firstName: 'Eva' });
    });

    it('is not moved back by an agent whose request was on its way when the customer moved', async () => {
      const { dataSource } = shop.app;
      const agent = await shop.agent();
      const attributes = { customerReference: ada.customerReference };
      const opened = await shop.app.api.post('/agent-customer-impersonation-access-tokens', attributes, agent);
      const token = opened.json.data.attributes.accessToken as string;
      const moving = dataSource.createQueryRunner();
      await moving.startTransaction();
      await moving.query('UPDATE customer SET email = $2 WHERE id = $1', [ada.id, `moved-${ada.email}`]);
      const saving = shop.app.api.patch(pathOf(ada), { email: ada.email, firstName: 'Eva' }, { token });
      const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      await vi.waitFor(async () => expect(await dataSource.query(waiting)).toHaveLength(1), { timeout: 10_000 });
      await moving.commitTransaction();
      await moving.release();
      expect(outcome(await saving)).toBe('403 411');
      const stored = await dataSource.getRepository(Customer).findOneByOrFail({ id: ada.id });
      expect([stored.email, stored.firstName]).toEqual([`moved-${ada.email}`, ada.firstName]);
    });

    it("is refused when it is somebody else's, in any case of the letters; nothing changes", async () => {
      const ben = await createCustomer(shop.app.dataSource);
      for (const email of [ben.email, ben.email.toUpperCase()]) {
        expect(outcome(await change({ email, firstName: 'Eve' }))).toBe('422 400');
      }
      expect((await get(pathOf(ada))).json.data).toEqual(dataOf(ada));
      expect(await mailsTo(shop.app, ada.email)).toEqual([]);
    });

    it('goes to one of two customers that want it at once', async () => {
      const ben = await shop.customer();
      const other = await shop.app.anotherInstance();
      const email = `wanted-${ada.email}`;
      const answers = await Promise.all([
        change({ email }),
        other.patch(pathOf(ben), { email: email.toUpperCase() }, { token: ben.token }),
      ]);
      expect(answers.map(outcome).toSorted()).toEqual(['200', '422 400']);
    });
  });
});
