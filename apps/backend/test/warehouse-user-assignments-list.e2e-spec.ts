import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorsOf, idsOf, PATH, WarehouseShop } from './warehouse-shop.js';

type Stored = Awaited<ReturnType<WarehouseShop['assignment']>>;

const FILTER = 'filter[warehouse-user-assignments';

describe('The list of warehouse user assignments', () => {
  let shop: WarehouseShop;
  let all: Stored[];
  let active: Stored;

  const list = async (query: string): Promise<string[]> => idsOf(await shop.get(`?${query}`));
  const uuids = (assignments: Stored[]): string[] => assignments.map(({ uuid }) => uuid).toSorted();

  beforeAll(async () => {
    shop = await WarehouseShop.open();
  });
  afterAll(() => shop.app.stop());

  it('is empty at first', async () => {
    expect((await shop.get()).json).toEqual({ data: [], links: { self: `${shop.app.api.url}${PATH}` } });
  });

  it('has all assignments in a stable order, without links to other pages', async () => {
    active = await shop.assignment({ isActive: true });
    const others = [{ user: active.user }, { warehouse: active.warehouse }, {}, {}];
    all = [active, ...(await Promise.all(others.map((overrides) => shop.assignment(overrides))))];
    const answer = await shop.get();
    expect(idsOf(answer)).toEqual(uuids(all));
    expect(answer.json.links).toEqual({ self: `${shop.app.api.url}${PATH}` });
    expect(answer.json.data[0].links.self).toBe(`${shop.app.api.url}${PATH}/${idsOf(answer)[0]}`);
  });

  it('is filtered by uuid, user, warehouse and state', async () => {
    const { user, warehouse, uuid } = active;
    expect(await list(`${FILTER}.uuid]=${uuid.toUpperCase()}`)).toEqual([uuid]);
    const ofUser = uuids(all.filter((one) => one.user === user));
    expect(await list(`${FILTER}.userUuid]=${user.uuid}`)).toEqual(ofUser);
    const ofWarehouse = uuids(all.filter((one) => one.warehouse === warehouse));
    expect(await list(`${FILTER}.warehouseUuid]=${warehouse.uuid}`)).toEqual(ofWarehouse);
    for (const yes of ['true', '1', 'on', 'yes', 'TRUE'])
      expect(await list(`${FILTER}.isActive]=${yes}`)).toEqual([uuid]);
    for (const no of ['false', '0', 'off', 'no', '']) expect(await list(`${FILTER}.isActive]=${no}`)).toHaveLength(4);
  });

  it('has what meets all filters', async () => {
    const ofUser = `${FILTER}.userUuid]=${active.user.uuid}`;
    expect(await list(`${ofUser}&${FILTER}.isActive]=true`)).toEqual([active.uuid]);
    expect(await list(`${ofUser}&${FILTER}.warehouseUuid]=${randomUUID()}`)).toEqual([]);
  });

  it('ignores filters of unknown attributes and of other resources', async () => {
    expect(await list(`${FILTER}.color]=red&${FILTER}.constructor]=x&filter[users.uuid]=1`)).toHaveLength(5);
  });

  it('is empty for a value that no assignment can have', async () => {
    for (const attribute of ['uuid', 'userUuid', 'warehouseUuid', 'isActive']) {
      expect(await list(`${FILTER}.${attribute}]=nonsense'`)).toEqual([]);
    }
    expect(await list(`${FILTER}.uuid]=nonsense&page[limit]=2`)).toEqual([]);
  });

  it('refuses filters and pages that cannot be read', async () => {
    const answer = await shop.get('?filter[isActive]=1');
    expect(errorsOf(answer)[0]).toContain('400 011 Unsupported `Filter` format is used.');
    expect(errorsOf(await shop.get('?page[limit]=two'))).toEqual(['400 Pagination parameters are invalid.']);
  });

  it('is sorted as asked, equal ones by uuid', async () => {
    const ascending = uuids(all);
    expect(await list('sort=-uuid')).toEqual(ascending.toReversed());
    expect(await list('sort=uuid,-uuid')).toEqual(ascending);
    const inactive = ascending.filter((uuid) => uuid !== active.uuid);
    expect(await list('sort=-isActive')).toEqual([active.uuid, ...inactive]);
    expect(await list('sort=isActive,-uuid')).toEqual([...inactive.toReversed(), active.uuid]);
    const key = (one: Stored): string => one.user.uuid + one.warehouse.uuid;
    const byUser = all.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)).map(({ uuid }) => uuid);
    expect(await list('sort=userUuid,warehouseUuid')).toEqual(byUser);
    expect((await list('sort=createdAt'))[0]).toBe(active.uuid);
  });

  it('ignores sort fields that it does not know', async () => {
    const fields = ['color', 'constructor', '__proto__', 'user.passwordHash', 'uuid;drop table warehouse', "'"];
    for (const field of fields) expect(await list(`sort=${encodeURIComponent(field)}`)).toEqual(uuids(all));
  });

  it('comes in pages with links to the others', async () => {
    const ascending = uuids(all);
    const first = await shop.get('?sort=uuid&page[limit]=2');
    expect(idsOf(first)).toEqual(ascending.slice(0, 2));
    const link = (offset: number): string =>
      `${shop.app.api.url}${PATH}?sort=uuid&page[offset]=${offset}&page[limit]=2`;
    const self = `${shop.app.api.url}${PATH}?sort=uuid&page[limit]=2`;
    expect(first.json.links).toEqual({ self, first: link(0), last: link(4), next: link(2) });
    const second = await shop.get('?sort=uuid&page[offset]=2&page[limit]=2');
    expect(idsOf(second)).toEqual(ascending.slice(2, 4));
    expect(second.json.links).toMatchObject({ prev: link(0), next: link(4) });
    const last = await shop.get('?sort=uuid&page[offset]=4&page[limit]=2');
    expect(idsOf(last)).toEqual(ascending.slice(4));
    expect(last.json.links).not.toHaveProperty('next');
    expect(idsOf(await shop.get('?page[offset]=3'))).toEqual(ascending.slice(3));
    expect(idsOf(await shop.get('?page[offset]=9&page[limit]=2'))).toEqual([]);
  });

  it('comes in pages also where nobody asks for them and there are more than 1000', async () => {
    const { user } = await shop.assignment();
    await shop.app.dataSource.query(
      `WITH quay AS (INSERT INTO warehouse (uuid, name, is_active) SELECT gen_random_uuid(), 'Quay ' || n, true
         FROM generate_series(1, 1000) AS n RETURNING id)
       INSERT INTO warehouse_user_assignment (uuid, user_id, warehouse_id, is_active)
       SELECT gen_random_uuid(), $1, id, false FROM quay`,
      [user.id],
    );
    const ofUser = `${FILTER}.userUuid]=${user.uuid}`;
    const first = await shop.get(`?${ofUser}`);
    const link = (offset: number): string =>
      `${shop.app.api.url}${PATH}?${ofUser}&page[offset]=${offset}&page[limit]=1000`;
    expect(first.json.data).toHaveLength(1000);
    expect(first.json.links).toMatchObject({ first: link(0), last: link(1000), next: link(1000) });
    expect((await shop.get(`?${ofUser}&page[offset]=1000&page[limit]=1000`)).json.data).toHaveLength(1);
    await shop.app.dataSource.query(`DELETE FROM warehouse_user_assignment WHERE user_id = $1`, [user.id]);
    expect((await shop.get(`?${ofUser}`)).json.links).not.toHaveProperty('first');
  });

  it('counts pages of what meets the filters', async () => {
    const query = `${FILTER}.isActive]=false&page[offset]=0&page[limit]=2`;
    expect((await shop.get(`?${query}`)).json.links.last).toBe(
      `${shop.app.api.url}${PATH}?${FILTER}.isActive]=false&page[offset]=2&page[limit]=2`,
    );
  });

  it('includes each user once', async () => {
    const { json } = await shop.get('?include=users,carts');
    const { uuid, username, firstName, lastName } = active.user;
    expect(json.included).toHaveLength(4);
    const self = `${shop.app.api.url}/users/${uuid}`;
    const attributes = { username, firstName, lastName };
    expect(json.included).toContainEqual({ type: 'users', id: uuid, attributes, links: { self } });
    const { relationships } = json.data.find(({ id }: { id: string }) => id === active.uuid);
    expect(relationships).toEqual({ users: { data: [{ type: 'users', id: uuid }] } });
    expect((await shop.get('?include=')).json).not.toHaveProperty('included');
  });

  it('shares include and sparse fields with single assignments, whose self link has the query', async () => {
    const query = '?include=users&fields[users]=username';
    const { json } = await shop.get(`/${active.uuid}${query}`);
    expect(json.data.links.self).toBe(`${shop.app.api.url}${PATH}/${active.uuid}${query}`);
    expect(json.included[0].attributes).toEqual({ username: active.user.username });
    const changed = await shop.app.api.patch(`${PATH}/${active.uuid}?include=users`, {}, { token: shop.backOffice });
    expect(changed.json.included[0].id).toBe(active.user.uuid);
  });
});
