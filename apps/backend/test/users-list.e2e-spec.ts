import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '#auth';
import { outcome } from '#testing';
import { BackOffice, type Session } from './back-office.js';

describe('GET /users', () => {
  let office: BackOffice;
  let admin: Session;
  let users: User[];

  beforeAll(async () => {
    office = await BackOffice.open();
    admin = await office.session('administrator', { username: 'root@users.example', lastName: 'Root' });
    const named = (name: string, overrides: Partial<User>): Promise<User> =>
      office.user({ username: `${name}@users.example`, firstName: name, lastName: 'Quay', ...overrides });
    users = [
      await named('Cora', { roles: ['warehouse', 'merchant'], isWarehouseUser: true }),
      await named('Arne', { roles: ['agent'], lastName: 'Percent_%' }),
      await named('berta', { roles: ['merchant'], status: 'inactive', locale: 'de_DE' }),
    ];
  });
  afterAll(() => office.app.stop());

  const get = (query = '', token = admin.token) => office.app.api.get(`/users${query}`, { token });
  const names = async (query: string): Promise<string[]> =>
    (await get(query)).json.data.map((one: any) => one.attributes.firstName as string);
  const filtered = (name: string, value: string): Promise<string[]> =>
    names(`?sort=username&filter[users.${name}]=${encodeURIComponent(value)}`);

  it('lists users with all that administrators may know, and nothing of passwords', async () => {
    const [cora] = users;
    const { json, text, headers } = await get();
    expect(headers.get('cache-control')).toBe('no-store');
    expect(json.data).toHaveLength(4);
    expect(json.data.find(({ id }: { id: string }) => id === cora!.uuid)).toEqual({
      type: 'users',
      id: cora!.uuid,
      attributes: {
        username: 'Cora@users.example',
        firstName: 'Cora',
        lastName: 'Quay',
        roles: ['warehouse', 'merchant'],
        isWarehouseUser: true,
        locale: 'en_US',
        status: 'active',
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/),
        updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/),
      },
      links: { self: `${office.app.api.url}/users/${cora!.uuid}` },
    });
    expect(text).not.toMatch(/password|argon2/i);
  });

  it('pages, with links to the other pages', async () => {
    const { json } = await get('?page[offset]=2&page[limit]=2&sort=username');
    expect(json.data.map(({ attributes }: any) => attributes.firstName)).toEqual(['Cora', 'Ben']);
    const link = (offset: number): string =>
      `${office.app.api.url}/users?sort=username&page[offset]=${offset}&page[limit]=2`;
    expect(json.links).toMatchObject({ first: link(0), last: link(2), prev: link(0) });
    expect(json.links).not.toHaveProperty('next');
    const limitOf = async (query: string): Promise<string> =>
      (await get(query)).json.links.first.split('page[limit]=')[1];
    expect([await limitOf(''), await limitOf('?page[limit]=100'), await limitOf('?page[limit]=101')]).toEqual([
      '20',
      '100',
      '100',
    ]);
    expect((await get('?page[offset]=50')).json.data).toEqual([]);
  });

  it.each([
    ['?page[limit]=0', '400 Pagination parameters are invalid.'],
    ['?page[offset]=x', '400 Pagination parameters are invalid.'],
    ['?filter[name]=x', '400 011'],
    ['?filter=x', '400 011'],
  ])('refuses %s', async (query, expected) => {
    expect(outcome(await get(query))).toBe(expected);
  });

  it('filters by username, uuid, role, status and part of the name; all conditions hold', async () => {
    expect(await filtered('username', 'CORA@users.example')).toEqual(['Cora']);
    expect(await filtered('username', 'cora')).toEqual([]);
    expect(await filtered('uuid', users[1]!.uuid.toUpperCase())).toEqual(['Arne']);
    expect(await filtered('role', 'merchant')).toEqual(['berta', 'Cora']);
    expect(await filtered('role', 'gardener')).toEqual([]);
    expect(await filtered('status', 'inactive')).toEqual(['berta']);
    expect(await filtered('name', 'ERTA qu')).toEqual(['berta']);
    expect(await names('?filter[users.role]=merchant&filter[users.status]=active')).toEqual(['Cora']);
  });

  it('takes what a filter says as text, whatever it is', async () => {
    expect(await filtered('name', '_%')).toEqual(['Arne']);
    expect(await filtered('name', '%')).toEqual(['Arne']);
    expect(await filtered('uuid', 'no uuid')).toEqual([]);
    expect(await filtered('role', `' OR true --`)).toEqual([]);
    expect(await filtered('status', 'a\0b')).toEqual([]);
    expect((await get('?filter[users.username]=root@users.example')).json.data).toHaveLength(1);
    expect((await get('?filter[users.passwordHash]=x&filter[others.name]=x')).json.data).toHaveLength(4);
  });

  it('sorts by several attributes, and ignores what is none', async () => {
    expect(await names('?sort=-username')).toEqual(['Ben', 'Cora', 'berta', 'Arne']);
    expect(await names('?sort=lastName,-firstName')).toEqual(['Arne', 'Cora', 'berta', 'Ben']);
    expect(await names('?sort=status,username')).toEqual(['Arne', 'Cora', 'Ben', 'berta']);
    expect(await names('?sort=passwordHash,-username')).toEqual(['Ben', 'Cora', 'berta', 'Arne']);
    for (const field of ['uuid', 'createdAt', '-updatedAt']) expect(await names(`?sort=${field}`)).toHaveLength(4);
  });

  describe('of more than ten thousand', () => {
    beforeAll(() =>
      office.app.dataSource.query(
        `INSERT INTO user_account (uuid, username, password_hash, first_name, last_name, roles, locale)
         SELECT gen_random_uuid(), 'many' || n, '', 'Many', 'Of Them', '{merchant}', 'en_US'
         FROM generate_series(1, 10001) n`,
      ),
    );
    afterAll(() => office.app.dataSource.query(`DELETE FROM user_account WHERE first_name = 'Many'`));

    it('shows ten thousand, and says that there are more', async () => {
      const { json } = await get();
      expect(json.meta).toEqual({ page: { total: 10_000, isTotalExact: false } });
      expect(json.links.last).toContain('page[offset]=9980&');
      expect(outcome(await get('?page[offset]=10000'))).toMatch(/^400 Pagination/);
      expect((await get('?filter[users.name]=quay')).json).not.toHaveProperty('meta');
    });
  });

  it('shows one user, and answers 007 to every id that is none', async () => {
    const { json } = await get(`/${users[0]!.uuid}`);
    expect(json.data).toMatchObject({ id: users[0]!.uuid, attributes: { username: 'Cora@users.example' } });
    for (const id of ['0fbf1ccc-dca1-54e6-8f57-5ee43b0c0ab2', 'no-uuid', '1', '%00', "x'y"]) {
      expect((await get(`/${id}`)).json.errors).toEqual([
        { status: 404, code: '007', detail: 'Not found', message: 'Not found' },
      ]);
    }
  });

  it.each(['back-office', 'agent', 'warehouse', 'merchant', 'merchant-agent'])(
    'is closed to the role %s',
    async (role) => {
      const { token, user } = await office.session(role, { isWarehouseUser: true });
      for (const path of ['', `/${user.uuid}`]) expect(outcome(await get(path, token))).toBe('403 Forbidden.');
      expect(outcome(await get('', 'x'))).toBe('401 001');
    },
  );
});
