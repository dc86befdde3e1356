import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailedCode, outcome, type Answer } from '#testing';
import { BackOffice, type ProtectedSession, type Session } from './back-office.js';

const ROLE = { appliesTo: 'role', value: 'warehouse', requiredFrom: '2099-01-31T08:00:00+01:00', methods: ['email'] };
const CUSTOMERS = { ...ROLE, appliesTo: 'customers', value: null };
const BLANK = 'This value should not be blank.';
const MISSING = 'This field is missing.';
const NO_CHOICE = 'The value you selected is not a valid choice.';
const NO_DATETIME = 'This value is not a valid datetime.';
const NO_METHODS = 'One or more of the given values is invalid.';

describe('MFA policies', () => {
  let office: BackOffice;
  let admin: ProtectedSession;

  beforeAll(async () => {
    office = await BackOffice.open();
    admin = await office.administrator();
  });
  afterAll(() => office.app.stop());

  const get = (suffix = ''): Promise<Answer> => office.app.api.get(`/mfa-policies${suffix}`, { token: admin.token });
  type Caller = Pick<Session, 'token'> & Partial<ProtectedSession>;
  const create = (attributes: object, { token, code }: Caller = admin): Promise<Answer> =>
    office.app.api.post('/mfa-policies', attributes, { token, code });
  const change = (id: string, attributes: object, { token, code }: Caller = admin): Promise<Answer> =>
    office.app.api.patch(`/mfa-policies/${id}`, attributes, { token, code });
  const remove = (id: string, { token, code }: Caller = admin): Promise<Answer> =>
    office.app.api.delete(`/mfa-policies/${id}`, { token, code });
  const created = async (attributes: object): Promise<string> => (await create(attributes)).json.data.id;
  const refusals = ({ status, json }: Answer): unknown[] => [
    status,
    ...json.errors.map(({ code, detail }: { code: string; detail: string }) => `${code} ${detail}`),
  ];

  describe('as a resource', () => {
    it('are created, read, changed and deleted', async () => {
      const answer = await create({ ...ROLE, uuid: randomUUID(), createdAt: '2000-01-01' });
      const { id, attributes, links } = answer.json.data;
      expect(answer.status).toBe(201);
      const moment = expect.stringMatching(/^2\d{3}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
      const policy = { ...ROLE, requiredFrom: '2099-01-31T07:00:00.000Z', createdAt: moment, updatedAt: moment };
      expect(attributes).toEqual(policy);
      expect(links.self).toBe(`${office.app.api.url}/mfa-policies/${id}`);
      expect((await get(`/${id}`)).json.data).toEqual(answer.json.data);
      expect((await get(`/${id.toUpperCase()}`)).json.data.id).toBe(id);
      office.app.clock.advance(1);
      const changed = await change(id, { appliesTo: 'customers', value: null });
      expect([changed.status, changed.json.data.attributes]).toEqual([
        200,
        { ...policy, appliesTo: 'customers', value: null },
      ]);
      const { createdAt, updatedAt } = changed.json.data.attributes;
      expect([createdAt, updatedAt > createdAt]).toEqual([attributes.createdAt, true]);
      expect((await remove(id)).text).toBe('');
      expect(outcome(await get(`/${id}`))).toBe('404 007');
    });

    it('come in pages, in the order of their dates', async () => {
      const years = [2097, 2095, 2096];
      const ids = await Promise.all(years.map((year) => created({ ...ROLE, requiredFrom: `${year}-01-01T00:00:00Z` })));
      const { json } = await get('?page[limit]=2');
      expect(json.data.map(({ id }: { id: string }) => id)).toEqual([ids[1], ids[2]]);
      expect(json.links.next).toBe(`${office.app.api.url}/mfa-policies?page[offset]=2&page[limit]=2`);
      expect((await get('?page[offset]=2&page[limit]=2')).json.data).toHaveLength(1);
      expect(outcome(await get('?page[limit]=0'))).toBe('400 Pagination parameters are invalid.');
      await Promise.all(ids.map((id) => remove(id)));
    });

    it('take the name of a company without the blanks around it', async () => {
      const { json } = await create({ ...ROLE, appliesTo: 'company', value: '  Nordkai AG ' });
      expect(json.data.attributes.value).toBe('Nordkai AG');
      await remove(json.data.id);
    });

    it('may be about a company, a role, or all customers', async () => {
      for (const about of [
        { appliesTo: 'company', value: 'x'.repeat(255) },
        { appliesTo: 'role', value: 'merchant-agent' },
        { appliesTo: 'customers', value: null },
        { appliesTo: 'customers', value: undefined },
      ]) {
        const { status, json } = await create({ ...ROLE, ...about });
        expect([status, json.data.attributes.value]).toEqual([201, about.value ?? null]);
        await remove(json.data.id);
      }
    });

    it.each<[object, string[]]>([
      [{}, [`appliesTo => ${MISSING}`, `requiredFrom => ${MISSING}`, `methods => ${MISSING}`]],
      [{ ...ROLE, appliesTo: 'nobody' }, [`appliesTo => ${NO_CHOICE}`]],
      [{ ...ROLE, appliesTo: null }, [`appliesTo => ${BLANK}`]],
      [{ ...ROLE, value: undefined }, [`value => ${MISSING}`]],
      [{ ...ROLE, value: null }, [`value => ${BLANK}`]],
      [{ ...ROLE, value: 'gardener' }, [`value => ${NO_CHOICE}`]],
      [{ ...ROLE, value: 7 }, ['value => This value should be of type string.']],
      [{ ...ROLE, appliesTo: 'company', value: ' ' }, [`value => ${BLANK}`]],
      [{ ...ROLE, appliesTo: 'company', value: '' }, [`value => ${BLANK}`]],
      [
        { ...ROLE, appliesTo: 'company', value: 'x'.repeat(256) },
        ['value => This value is too long. It should have 255 characters or less.'],
      ],
      [
        { ...ROLE, appliesTo: 'company', value: 'a\0' },
        ['value => This value contains a character that is not allowed.'],
      ],
      [{ ...CUSTOMERS, value: 'all' }, ['value => This value should be null.']],
      [{ ...CUSTOMERS, value: '' }, ['value => This value should be null.']],
      [{ ...ROLE, requiredFrom: '' }, [`requiredFrom => ${BLANK}`]],
      [{ ...ROLE, requiredFrom: 1_900_000_000 }, ['requiredFrom => This value should be of type string.']],
      [{ ...ROLE, requiredFrom: '2099-01-31T08:00:00' }, [`requiredFrom => ${NO_DATETIME}`]],
      [{ ...ROLE, requiredFrom: '2099-02-29T08:00:00Z' }, [`requiredFrom => ${NO_DATETIME}`]],
      [{ ...ROLE, methods: [] }, [`methods => ${BLANK}`]],
      [{ ...ROLE, methods: 'email' }, ['methods => This value should be of type array.']],
      [{ ...ROLE, methods: ['email', 'email'] }, ['methods => This collection should contain only unique elements.']],
      [{ ...ROLE, methods: ['magic'] }, [`methods => ${NO_METHODS}`]],
      [{ ...ROLE, methods: ['email', 7] }, [`methods => ${NO_METHODS}`]],
      [{ ...ROLE, methods: [null] }, [`methods => ${NO_METHODS}`]],
      [{ ...ROLE, value: 'gardener', methods: ['magic'] }, [`value => ${NO_CHOICE}`, `methods => ${NO_METHODS}`]],
    ])('are not created from %j', async (attributes, details) => {
      expect(refusals(await create(attributes))).toEqual([422, ...details.map((detail) => `901 ${detail}`)]);
    });

    it('are not changed to what they could not be created as, and stay what they were', async () => {
      const id = await created(ROLE);
      const before = (await get(`/${id}`)).json;
      const wrong: [object, string][] = [
        [{ appliesTo: 'customers' }, 'value => This value should be null.'],
        [{ value: null }, `value => ${BLANK}`],
        [{ value: 'gardener' }, `value => ${NO_CHOICE}`],
        [{ methods: ['magic'] }, `methods => ${NO_METHODS}`],
        [{ methods: null }, `methods => ${BLANK}`],
        [{ requiredFrom: null }, `requiredFrom => ${BLANK}`],
        [{ requiredFrom: 'tomorrow' }, `requiredFrom => ${NO_DATETIME}`],
        [{ appliesTo: null }, `appliesTo => ${BLANK}`],
      ];
      for (const [attributes, detail] of wrong) {
        expect(refusals(await change(id, attributes))).toEqual([422, `901 ${detail}`]);
      }
      expect((await get(`/${id}`)).json).toEqual(before);
      expect((await change(id, { appliesTo: 'company' })).json.data.attributes.value).toBe('warehouse');
      await remove(id);
    });

    it('are 404 / 007 under an id that none has, and need one', async () => {
      for (const id of [randomUUID(), 'nothing', '%00']) {
        expect(outcome(await get(`/${id}`))).toBe('404 007');
        expect(outcome(await change(id, {}))).toBe('404 007');
        expect(outcome(await remove(id))).toBe('404 007');
      }
      const { token, code } = admin;
      const body = { data: { type: 'mfa-policies', attributes: {} } };
      for (const method of ['PATCH', 'DELETE']) {
        const answer = await office.app.api.call(method, '/mfa-policies', { token, code, body });
        expect(outcome(answer)).toBe('400 Resource id is not specified.');
      }
    });

    it('are for administrators only', async () => {
      const id = randomUUID();
      for (const role of ['back-office', 'agent', 'warehouse', 'merchant', 'merchant-agent']) {
        const { token } = await office.session(role, { isWarehouseUser: role === 'warehouse' });
        const { api } = office.app;
        const answers = await Promise.all([
          api.get('/mfa-policies', { token }),
          api.get(`/mfa-policies/${id}`, { token }),
          api.post('/mfa-policies', ROLE, { token }),
          api.patch(`/mfa-policies/${id}`, ROLE, { token }),
          api.delete(`/mfa-policies/${id}`, { token }),
        ]);
        expect(new Set(answers.map(outcome))).toEqual(new Set(['403 Forbidden.']));
      }
    });

    it('need a code of the administrator to be written, and none to be read', async () => {
      const { token } = admin;
      expect((await office.app.api.get('/mfa-policies', { token })).status).toBe(200);
      expect(outcome(await create({}, { token }))).toBe('403 5900');
      expect(outcome(await change(randomUUID(), {}, { token }))).toBe('403 5900');
      expect(outcome(await remove(randomUUID(), { token }))).toBe('403 5900');
      expect(outcome(await create({}))).toBe('422 901');
    });

    it('are neither made nor changed nor ended by an administrator without MFA', async () => {
      const id = await created(ROLE);
      const bare = await office.session('administrator');
      for (const caller of [bare, { token: bare.token, code: '123456' }]) {
        for (const attributes of [ROLE, {}]) expect(outcome(await create(attributes, caller))).toBe('403 5913');
        expect(outcome(await change(id, { value: 'agent' }, caller))).toBe('403 5913');
        for (const one of [id, randomUUID()]) expect(outcome(await remove(one, caller))).toBe('403 5913');
      }
      expect((await office.app.api.get(`/mfa-policies/${id}`, bare)).json.data.attributes.value).toBe('warehouse');
      await remove(id);
    });

    it('leave an entry of each change in the trail of who made it, and none of a refused one', async () => {
      const author = await office.administrator();
      const { token } = author;
      const id = (await create(ROLE, author)).json.data.id as string;
      await change(id, { value: 'gardener' }, author);
      await change(id, { value: 'agent' }, author);
      await remove(id, author);
      const query = `filter[audit-events.userUuid]=${author.user.uuid}&filter[audit-events.event]=policy-changed`;
      const { json } = await office.app.api.get(`/audit-events?${query}`, { token });
      expect(
        json.data.map(({ attributes }: any) => [attributes.details.change, attributes.details.policy.value]),
      ).toEqual([
        ['deleted', 'agent'],
        ['updated', 'agent'],
        ['created', 'warehouse'],
      ]);
    });
  });

  describe('in force', () => {
    const inOneHour = (): string => new Date(office.app.clock.now().getTime() + 3_600_000).toISOString();
    const mfa = async (endpoint: string, { token }: Session, code?: string): Promise<string> =>
      outcome(await office.app.api.post(`/multi-factor-auth-${endpoint}`, { type: 'email' }, { token, code }));
    /** An hour ends every grant, the administrator's too. */
    const hourPasses = async (): Promise<void> => {
      office.app.clock.advance(3601);
      await mfa('trigger', admin);
      admin = { ...admin, code: mailedCode(office.app.mailbox, admin.user.username) };
    };
    const types = async ({ token }: Session) => (await office.app.api.get('/multi-factor-auth-types', { token })).json;
    /** 422: the guard let the request pass. */
    const write = async ({ token }: Session, code?: string): Promise<string> =>
      outcome(await office.app.api.post('/warehouse-user-assignments', {}, { token, code }));

    it('ask for MFA from their date on, and keep the last method that they require', async () => {
      const [one, other] = [await office.session('back-office'), await office.session('agent')];
      const requiredFrom = inOneHour();
      const id = await created({ ...ROLE, value: 'back-office', requiredFrom });
      expect((await types(one)).meta).toEqual({ policies: [{ requiredFrom, methods: ['email'] }] });
      expect(await types(other)).not.toHaveProperty('meta');
      expect(await write(one)).toBe('422 901');

      await hourPasses();
      expect((await types(one)).meta).toEqual({ policies: [{ requiredFrom, methods: ['email'] }] });
      expect([await write(one), await write(one, '123456'), await write(other)]).toEqual([
        '403 5913',
        '403 5913',
        '422 901',
      ]);
      const code = await office.enableMfa(one);
      expect([await write(one), await write(one, code)]).toEqual(['403 5900', '422 901']);
      expect(await mfa('type-deactivate', one, code)).toBe('400 5903');
      expect((await types(one)).data[0].attributes.status).toBe(2);
      expect(await write(one, code)).toBe('422 901');

      expect((await remove(id)).status).toBe(204);
      expect((await types(one)).meta).not.toHaveProperty('policies');
      expect(await mfa('type-deactivate', one, code)).toBe('204');
      expect(await write(one)).toBe('422 901');
    });

    it('change with the next request when their date or their role does', async () => {
      const one = await office.session('back-office');
      const id = await created({ ...ROLE, value: 'back-office', requiredFrom: '2020-01-01T00:00:00Z' });
      expect(await write(one)).toBe('403 5913');
      await change(id, { requiredFrom: inOneHour() });
      expect(await write(one)).toBe('422 901');
      await change(id, { value: 'merchant', requiredFrom: '2020-01-01T00:00:00Z' });
      expect(await write(one)).toBe('422 901');
      await remove(id);
    });

    it('about customers and companies ask no user', async () => {
      const one = await office.session('back-office');
      const past = { requiredFrom: '2020-01-01T00:00:00Z' };
      const about = [
        { ...CUSTOMERS, ...past },
        { ...ROLE, appliesTo: 'company', value: 'back-office', ...past },
      ];
      const ids = await Promise.all(about.map(created));
      expect([await write(one), (await types(one)).meta]).toEqual(['422 901', undefined]);
      await Promise.all(ids.map((id) => remove(id)));
    });

    it('about administrators lock none of them out: all set MFA up before they write', async () => {
      const author = await office.administrator();
      const policy = { ...ROLE, value: 'administrator', requiredFrom: '2020-01-01T00:00:00Z' };
      const id = (await create(policy, author)).json.data.id as string;
      const bare = await office.session('administrator');
      expect(outcome(await remove(id, bare))).toBe('403 5913');
      expect((await office.app.api.get('/mfa-policies', { token: bare.token })).status).toBe(200);
      expect(await mfa('type-activate', bare)).toBe('204');
      expect(outcome(await remove(id, bare))).toBe('403 5913');
      const code = await office.enableMfa(bare);
      expect(outcome(await remove(id, { token: bare.token }))).toBe('403 5900');
      expect(outcome(await remove(id, { token: bare.token, code }))).toBe('204');
    });
  });
});
