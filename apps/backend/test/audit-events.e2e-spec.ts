import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '#auth';
import { countStatements, createCustomer, outcome, wrongCode, type Answer } from '#testing';
import { BackOffice, claimsOf, type Session } from './back-office.js';
import { plansOf } from './plans.js';
import { storeFactor } from './stored-factors.js';

const FILTER = 'filter[audit-events';

describe('GET /audit-events', () => {
  let office: BackOffice;
  let admin: Session;
  let person: Session;
  let ada: Customer;
  let began: Date;
  let removal: Answer;

  beforeAll(async () => {
    office = await BackOffice.open();
    began = office.app.clock.now();
    admin = await office.session('administrator');
    const code = await office.enableMfa(admin);
    office.app.clock.advance(60);
    person = await office.session('back-office', { firstName: 'Ben', lastName: 'Quay' });
    const theirs = await office.enableMfa(person);
    office.app.clock.advance(60);
    const guess = { token: person.token, code: wrongCode(theirs) };
    await office.app.api.post('/warehouse-user-assignments', {}, guess);
    ada = await createCustomer(office.app.dataSource, { firstName: 'Ada', lastName: 'Kessler' });
    await storeFactor(office.app.dataSource, { kind: 'customer', id: ada.id });
    office.app.clock.advance(60);
    const type = 'multi-factor-auth-types';
    const body = { data: { type, attributes: { reason: 'Lost the mailbox' } } };
    const path = `/customers/${ada.customerReference}/${type}`;
    removal = await office.app.api.call('DELETE', path, { token: admin.token, code, body });
    expect(removal.status).toBe(204);
  });
  afterAll(() => office.app.stop());

  const get = (query = '', token = admin.token): Promise<Answer> =>
    office.app.api.get(`/audit-events?${query}`, { token });
  const one = (id: string, token = admin.token): Promise<Answer> =>
    office.app.api.get(`/audit-events/${id}`, { token });
  const ids = async (query: string): Promise<string[]> =>
    (await get(query)).json.data.map(({ id }: { id: string }) => id);
  const by = (name: string, value: string): string => `${FILTER}.${name}]=${encodeURIComponent(value)}`;
  const events = async (query: string): Promise<string[]> =>
    (await get(query)).json.data.map(({ attributes }: any) => attributes.event);
  const ofPerson = (): string => by('userUuid', person.user.uuid);
  const ofAda = (): string => by('customerReference', ada.customerReference);

  it('says who did what to whom, when, why and from where', async () => {
    const { status, json, headers } = await get(ofAda());
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(json.data).toEqual([
      {
        type: 'audit-events',
        id: `customer-${ada.id}-1`,
        attributes: {
          event: 'removed',
          occurredAt: office.app.clock.now().toISOString(),
          account: {
            kind: 'customer',
            customerReference: ada.customerReference,
            name: 'Ada Kessler',
            email: ada.email,
          },
          actor: {
            kind: 'user',
            userUuid: admin.user.uuid,
            name: `Ben ${admin.user.lastName}`,
            email: admin.user.username,
          },
          actsFor: null,
          method: 'email',
          errorCode: null,
          reason: 'Lost the mailbox',
          sessionId: claimsOf(admin.token)['sid'],
          requestId: removal.headers.get('x-request-id'),
          clientAddress: '127.0.0.1',
          details: null,
          sequence: 1,
        },
        links: { self: `${office.app.api.url}/audit-events/customer-${ada.id}-1` },
      },
    ]);
  });

  it('has the newest first, never with a code', async () => {
    const { json, text } = await get();
    expect(await events(ofPerson())).toEqual(['refused', 'activated', 'code-sent', 'activation-begun']);
    const moments = json.data.map(({ attributes }: any) => attributes.occurredAt);
    expect(moments).toEqual(moments.toSorted().toReversed());
    expect(text).not.toMatch(/"\d{6}"|hash/);
  });

  it('is filtered by account, event, method, error, actor, session, request and address', async () => {
    const refused = `${ofPerson()}&${by('event', 'refused')}`;
    expect(await events(refused)).toEqual(['refused']);
    expect(await events(`${ofPerson()}&${by('errorCode', '5901')}`)).toEqual(['refused']);
    expect(await events(by('event', 'removed'))).toEqual(['removed']);
    expect(await events(by('userUuid', person.user.uuid.toUpperCase()))).toEqual(await events(ofPerson()));
    expect(await events(by('requestId', removal.headers.get('x-request-id')!))).toContain('removed');
    const byAdmin = await events(by('actorUserUuid', admin.user.uuid));
    expect(byAdmin).toContain('removed');
    expect(await events(`${by('actorUserUuid', admin.user.uuid)}&${ofAda()}`)).toEqual(['removed']);
    expect(await events(`${by('actorUserUuid', person.user.uuid)}&${ofAda()}`)).toEqual([]);
    const { sid } = claimsOf(person.token);
    expect(await ids(by('sessionId', String(sid)))).toEqual(await ids(ofPerson()));
    expect(await ids(by('clientAddress', '127.0.0.1'))).toEqual(await ids(''));
    expect(await ids(by('method', 'email'))).not.toEqual([]);
  });

  it('is filtered by a time from one moment to before another', async () => {
    const [now, start] = [office.app.clock.now(), began];
    const at = (moment: Date, seconds: number): string => new Date(moment.getTime() + seconds * 1000).toISOString();
    expect(new Set(await events(by('occurredFrom', at(now, 0))))).toContain('removed');
    expect(await events(by('occurredFrom', at(now, 0.001)))).toEqual([]);
    expect(await events(`${by('occurredUntil', at(now, 0))}&${by('event', 'removed')}`)).toEqual([]);
    expect(await events(`${by('occurredUntil', at(now, 0.001))}&${by('event', 'removed')}`)).toEqual(['removed']);
    const middle = `${by('occurredFrom', at(start, 30))}&${by('occurredUntil', at(start, 90))}`;
    expect(new Set((await ids(middle)).map((id) => id.replace(/-\d+$/, '')))).toEqual(
      new Set([`user-${person.user.id}`]),
    );
    const elsewhere = at(start, 90 + 3600).replace('Z', '+01:00');
    expect(await ids(by('occurredUntil', elsewhere))).toEqual(await ids(by('occurredUntil', at(start, 90))));
  });

  it('takes an address in any spelling, and what could not be read by its word', async () => {
    const store = (clientAddress: string) =>
      office.app.dataSource.query(
        `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id, client_address)
         VALUES ('user', 'elsewhere', 'unlocked', $1, 'operator', 'ops', $2)`,
        [began, clientAddress],
      );
    for (const address of ['2001:db8::7', '203.0.113.9', 'unknown']) await store(address);
    const found = (text: string) => ids(by('clientAddress', text));
    for (const text of ['2001:db8::7', '2001:DB8:0:0::0007', '[2001:db8::7]:443', '2001:db8::7%eth0']) {
      expect(await found(text)).toEqual(['user-elsewhere-1']);
    }
    for (const text of ['203.0.113.9', '::ffff:203.0.113.9', '203.0.113.9:8080']) {
      expect(await found(text)).toEqual(['user-elsewhere-2']);
    }
    expect(await found('unknown')).toEqual(['user-elsewhere-3']);
    for (const text of ['', 'nowhere', '203.0.113', '203.0.113.9/24', '2001:db8::g', '\0']) {
      expect(outcome(await get(by('clientAddress', text)))).toBe('400 011');
    }
  });

  it('refuses what is no moment, no filter, or no page', async () => {
    for (const text of ['', 'yesterday', '2026-01-31', '2026-01-31T08:00:00', '2026-02-30T08:00:00Z']) {
      for (const name of ['occurredFrom', 'occurredUntil']) {
        expect(outcome(await get(by(name, text)))).toBe('400 011');
      }
    }
    expect(outcome(await get('filter[event]=removed'))).toBe('400 011');
    expect(outcome(await get('page[limit]=0'))).toBe('400 Pagination parameters are invalid.');
  });

  it('is empty for values that no entry has, and ignores names that it does not know', async () => {
    const names = ['customerReference', 'userUuid', 'event', 'method', 'errorCode', 'actorUserUuid'];
    for (const name of [...names, 'sessionId', 'requestId']) {
      for (const value of ['nonsense', "'", 'a\0b', '', randomUUID()]) {
        const { status, json } = await get(by(name, value));
        expect([status, json.data]).toEqual([200, []]);
      }
    }
    expect(await ids(`${ofPerson()}&${ofAda()}`)).toEqual([]);
    expect(await ids(by('color', 'red'))).toEqual(await ids(''));
    expect(await ids('sort=event')).toEqual(await ids(''));
  });

  it('keeps the entries of an anonymised customer under the reference, without name and address', async () => {
    const gone = await createCustomer(office.app.dataSource, { anonymizedAt: new Date(), firstName: '', lastName: '' });
    await insert({ accountKind: 'customer', accountId: gone.id, event: 'account-ended' });
    const { json } = await get(by('customerReference', gone.customerReference));
    expect(json.data[0].attributes.account).toEqual({
      kind: 'customer',
      customerReference: gone.customerReference,
      name: null,
      email: null,
    });
  });

  it('names operators, agents for customers, and accounts that are not there', async () => {
    const agent = await office.user({ roles: ['agent'] });
    await insert({ accountKind: 'user', accountId: agent.id, event: 'code-sent', actsFor: ada.id });
    const [acting] = (await get(by('userUuid', agent.uuid))).json.data;
    expect(acting.attributes.actsFor).toMatchObject({ kind: 'customer', customerReference: ada.customerReference });
    await insert({ accountKind: 'user', accountId: '999999999999999999999', event: 'unlocked', operator: 'root' });
    const [unlocked] = (await get(by('event', 'unlocked'))).json.data;
    expect(unlocked).toMatchObject({
      id: 'user-999999999999999999999-1',
      attributes: {
        account: { kind: 'user', userUuid: null, name: null, email: null },
        actor: { kind: 'operator', name: 'root' },
      },
    });
  });

  it('has what was archived under the archive, not under an account', async () => {
    await insert({ accountKind: 'operator', accountId: 'audit-archive', event: 'archived', operator: 'root' });
    const [archived] = (await get(by('event', 'archived'))).json.data;
    expect(archived).toMatchObject({
      id: 'operator-audit-archive-1',
      attributes: {
        account: { kind: 'operator', name: 'audit-archive' },
        actor: { kind: 'operator', name: 'root' },
        sequence: 1,
      },
    });
    expect((await one('operator-audit-archive-1')).json.data).toEqual(archived);
  });

  it('has a link of each entry that leads to it', async () => {
    const { data } = (await get(ofPerson())).json;
    expect(data).toHaveLength(4);
    for (const entry of data) {
      const path = entry.links.self.slice(office.app.api.url.length);
      const { status, json } = await office.app.api.get(path, { token: admin.token });
      expect([status, json]).toEqual([200, { data: entry }]);
    }
    const dashed = { accountKind: 'user', accountId: 'a-user-7', event: 'code-sent' };
    await insert(dashed);
    expect((await one('user-a-user-7-1')).json.data).toMatchObject({
      id: 'user-a-user-7-1',
      attributes: { sequence: 1 },
    });
  });

  it('answers 404 for an entry that is not there, and for what can be no id', async () => {
    const { id } = person.user;
    const absent = [
      `user-${id}-5`,
      `user-${id}-0`,
      `user-${id}-01`,
      `user-${id}--1`,
      'customer-999999-1',
      `user-${id}0000-1`,
    ];
    const malformed = ['x', 'user', `user-${id}`, `user-${id}-`, `user--1`, '-1-1', `operator-root-1`, `User-${id}-1`];
    const unstorable = [
      `user-${id}-${'9'.repeat(19)}`,
      `user-${id}-${'9'.repeat(400)}`,
      'user-%00-1',
      `user-${id}-1%0A`,
    ];
    for (const text of [...absent, ...malformed, ...unstorable, "user-'-1", `user-${id}-1%20`, `user-${id}-1e0`]) {
      expect(outcome(await one(text)), text).toBe('404 007');
    }
  });

  it('is for administrators only, and can only be read', async () => {
    for (const role of ['back-office', 'agent', 'warehouse', 'merchant', 'merchant-agent']) {
      const { token } = await office.session(role, { isWarehouseUser: role === 'warehouse' });
      expect(outcome(await get('', token))).toBe('403 Forbidden.');
      expect(outcome(await one(`user-${person.user.id}-1`, token))).toBe('403 Forbidden.');
    }
    const { token } = admin;
    for (const method of ['POST', 'PATCH', 'DELETE']) {
      for (const path of ['/audit-events', `/audit-events/user-${person.user.id}-1`]) {
        expect(outcome(await office.app.api.call(method, path, { token }))).toBe('404 008');
      }
    }
  });

  describe('of a long trail', () => {
    beforeAll(async () => {
      for (let n = 0; n < 130; n += 1) {
        const { id } = await createCustomer(office.app.dataSource);
        await insert({ accountKind: 'customer', accountId: id, event: 'imported' });
      }
    });

    it('comes in pages of twenty, at most a hundred, with links to the others', async () => {
      const query = by('event', 'imported');
      const first = await get(query);
      expect(first.json.data).toHaveLength(20);
      expect(first.json.links).toMatchObject({
        last: expect.stringContaining('page[offset]=120'),
        next: expect.stringContaining('page[offset]=20'),
      });
      expect(await ids(`${query}&page[limit]=1000`)).toHaveLength(100);
      const seen = await Promise.all([0, 50, 100].map((n) => ids(`${query}&page[limit]=50&page[offset]=${n}`)));
      expect(new Set(seen.flat()).size).toBe(130);
      expect(await ids(`${query}&page[offset]=130`)).toEqual([]);
    });

    it('costs as many statements as one entry', async () => {
      const query = by('event', 'imported');
      const forOne = await countStatements(() => get(`${query}&page[limit]=1`));
      const forMany = await countStatements(() => get(`${query}&page[limit]=100`));
      // the token, the entries, their number, their accounts
      expect([forOne, forMany]).toEqual([4, 4]);
    });
  });

  describe('of a very long trail', () => {
    beforeAll(async () => {
      await office.app.dataSource.query(
        `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, method, error_code, actor_kind,
           actor_id, session_id, request_id, client_address)
         SELECT 'customer', 'many-' || n % 4000, CASE n % 500 WHEN 0 THEN 'renewed' ELSE 'refused' END,
           $1::timestamptz - n * interval '1 second', 'method-' || n % 50, CASE n % 200 WHEN 0 THEN '5911' ELSE '5900' END,
           CASE n % 500 WHEN 0 THEN 'user' ELSE 'customer' END, 'many-' || n % 4000, md5('s' || n / 4), md5('r' || n),
           '198.51.100.' || n % 200
         FROM generate_series(1, 20000) n`,
        [began],
      );
      await office.app.dataSource.query('VACUUM ANALYZE mfa_audit_event');
    });

    const deep = 'page[offset]=10000';
    const all = by('event', 'refused');

    it.each(['', all])('shows ten thousand entries, and says that there are more: %j', async (query) => {
      const { json } = await get(query);
      expect(json.meta).toEqual({ page: { total: 10_000, isTotalExact: false } });
      expect(json.links.last).toContain('page[offset]=9980');
      expect(outcome(await get(`${query}&${deep}`))).toMatch(/^400 Pagination parameters are invalid\. A long list/);
    });

    it('shows what is behind them by their time', async () => {
      const before = by('occurredUntil', new Date(began.getTime() - 15_000_000).toISOString());
      const { json } = await get(before);
      expect(json.data).toHaveLength(20);
      expect(json.links.last).toContain('page[offset]=4980');
      expect(json).not.toHaveProperty('meta');
      expect((await get(`${before}&${deep}`)).json.data).toEqual([]);
    });

    it.each([
      ['time', ''],
      ['time', by('occurredFrom', '2000-01-01T00:00:00Z')],
      ['time', all],
      ['event', by('event', 'renewed')],
      ['event', by('event', 'nonsense')],
      ['error', by('errorCode', '5911')],
      ['method', by('method', 'method-7')],
      ['session', by('sessionId', 'x')],
      ['request', by('requestId', 'x')],
      ['address', by('clientAddress', '198.51.100.7')],
    ])('is read by the index of its %s: %s', async (index, query) => {
      const [page] = await plansOf(office.app.dataSource, 'ORDER BY "entry"."occurred_at"', () => get(query));
      expect(page).toContain(`ix_mfa_audit_event_${index}`);
      expect(page).not.toContain('Seq Scan');
    });

    it('is read by the index of its actor', async () => {
      const query = by('actorUserUuid', admin.user.uuid);
      const plans = await plansOf(office.app.dataSource, 'FROM "mfa_audit_event"', () => get(query));
      expect(plans).toHaveLength(2);
      for (const plan of plans) expect(plan).toContain('ix_mfa_audit_event_actor');
    });
  });

  const insert = async (entry: {
    accountKind: string;
    accountId: string;
    event: string;
    actsFor?: string;
    operator?: string;
  }): Promise<void> => {
    const { accountKind, accountId, event, actsFor, operator } = entry;
    const actor = operator === undefined ? [accountKind, accountId] : ['operator', operator];
    const acted = actsFor === undefined ? [null, null] : ['customer', actsFor];
    await office.app.dataSource.query(
      `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id, acts_for_kind,
         acts_for_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [accountKind, accountId, event, office.app.clock.now(), ...actor, ...acted],
    );
  };
});
