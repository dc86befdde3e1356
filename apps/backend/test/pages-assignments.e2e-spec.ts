import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '#auth';
import { WarehouseUserAssignment } from '../src/warehouse-user-assignments/warehouse-user-assignment.entity.js';
import { Warehouse } from '../src/warehouse-user-assignments/warehouse.entity.js';
import { BackOfficePages, problemsIn, type Reader } from './back-office-pages.js';

const PATH = '/back-office/assignments';

describe('The pages of warehouse assignments', () => {
  let pages: BackOfficePages;
  let colleague: Reader;

  beforeAll(async () => {
    pages = await BackOfficePages.open();
    colleague = await pages.reader('back-office');
  });
  afterAll(() => pages.app.stop());

  const repository = () => pages.app.dataSource.getRepository(WarehouseUserAssignment);
  const warehouse = (overrides: Partial<Warehouse> = {}): Promise<Warehouse> =>
    pages.app.dataSource
      .getRepository(Warehouse)
      .save({ uuid: randomUUID(), name: `Quay ${randomUUID()}`, isActive: true, ...overrides });
  const assigned = async ({ id }: User, isActive = true): Promise<WarehouseUserAssignment> => {
    const row = { uuid: randomUUID(), userId: id, warehouseId: (await warehouse()).id, isActive };
    await repository().insert(row);
    return repository().findOneByOrFail({ uuid: row.uuid });
  };
  const warehouseUser = (): Promise<User> => pages.office.user({ roles: ['warehouse'], isWarehouseUser: true });

  it('create one for a user by the address, and deactivate the others', async () => {
    const [user, place] = [await warehouseUser(), await warehouse()];
    const former = await assigned(user);
    expect((await colleague.client.get(`${PATH}/new`)).text).toContain(place.name);
    const form = { username: user.username.toUpperCase(), warehouse: place.uuid, isActive: 'yes' };
    const { location } = await colleague.client.post(`${PATH}/new`, form);
    const [created] = await repository().findBy({ userId: user.id, isActive: true });
    expect(location).toBe(`${PATH}/${created?.uuid}?created`);
    expect([created?.warehouseId, created?.uuid === former.uuid]).toEqual([place.id, false]);
  });

  it.each([
    ['nothing typed', {}, ['username: Fill this in.', 'warehouse: Fill this in.']],
    [
      'an unknown user and warehouse',
      { username: 'nobody@users.example', warehouse: 'x' },
      [
        'username: There is no active warehouse user with this address.',
        'warehouse: This warehouse does not exist any more.',
      ],
    ],
  ])('say what is wrong: %s', async (_, form: Record<string, string>, expected) => {
    const refused = await colleague.client.post(`${PATH}/new`, form);
    expect([refused.status < 500, problemsIn(refused)]).toEqual([true, expected]);
  });

  it('refuse a user who does not work in warehouses, and the same assignment twice', async () => {
    const [user, place] = [await warehouseUser(), await warehouse()];
    const form = { username: user.username, warehouse: place.uuid };
    const other = await colleague.client.post(`${PATH}/new`, { ...form, username: colleague.user.username });
    expect(problemsIn(other)).toEqual(['username: There is no active warehouse user with this address.']);
    await colleague.client.post(`${PATH}/new`, form);
    expect(problemsIn(await colleague.client.post(`${PATH}/new`, form))).toEqual([
      'The user has this assignment already.',
    ]);
  });

  it('deactivate, activate and delete one', async () => {
    const { uuid } = await assigned(await warehouseUser());
    const isActive = async (): Promise<boolean | undefined> => (await repository().findOneBy({ uuid }))?.isActive;
    expect((await colleague.client.post(`${PATH}/${uuid}`, { isActive: 'false' })).location).toBe(
      `${PATH}/${uuid}?saved`,
    );
    expect(await isActive()).toBe(false);
    await colleague.client.post(`${PATH}/${uuid}`, { isActive: 'true' });
    expect(await isActive()).toBe(true);
    expect((await colleague.client.get(`${PATH}/${uuid}/delete`)).heading).toBe('Delete the assignment');
    expect((await colleague.client.post(`${PATH}/${uuid}/delete`)).location).toBe(`${PATH}?deleted`);
    expect(await isActive()).toBeUndefined();
    expect((await colleague.client.get(`${PATH}/${uuid}`)).status).toBe(404);
  });

  it('show warehouse users their own, whose state they may change, and none of others', async () => {
    const { user, client } = await pages.reader('warehouse');
    const [own, foreign] = [await assigned(user), await assigned(await warehouseUser())];
    const list = (await client.get(PATH)).text;
    expect([own, foreign].map(({ uuid }) => list.includes(uuid))).toEqual([true, false]);
    expect(list).not.toContain(`${PATH}/new`);
    expect((await client.get(`${PATH}/${own.uuid}`)).text).not.toContain('/delete');
    expect((await client.post(`${PATH}/${own.uuid}`, { isActive: 'false' })).status).toBe(303);
    expect((await client.get(`${PATH}/${foreign.uuid}`)).status).toBe(404);
    expect((await client.post(`${PATH}/${foreign.uuid}`, { isActive: 'false' })).status).toBe(404);
    expect((await repository().findOneByOrFail({ uuid: foreign.uuid })).isActive).toBe(true);
  });

  it('ask for a code where MFA is on', async () => {
    const reader = await pages.protectedReader('back-office');
    const { uuid } = await assigned(await warehouseUser());
    await pages.endGrant(reader);
    const path = `${PATH}/${uuid}`;
    const asked = await reader.client.post(path, { isActive: 'false' });
    expect([asked.heading, (await repository().findOneByOrFail({ uuid })).isActive]).toEqual([
      'Confirm that it is you',
      true,
    ]);
    expect((await pages.confirm(reader, path, asked)).location).toBe(`${path}?saved`);
    expect((await repository().findOneByOrFail({ uuid })).isActive).toBe(false);
  });
});
