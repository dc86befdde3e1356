import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcome } from '#testing';
import { errorsOf, PATH, WarehouseShop } from './warehouse-shop.js';

const MISSING = 'This field is missing.';
const NOT_FOUND = '404 5201 Warehouse user assignment not found.';

describe('Warehouse user assignments', () => {
  let shop: WarehouseShop;

  beforeAll(async () => {
    shop = await WarehouseShop.open();
  });
  afterAll(() => shop.app.stop());

  describe('changing', () => {
    it('activates one and deactivates the other of that user only', async () => {
      const { uuid, user, warehouse } = await shop.assignment();
      await shop.assignment({ user, isActive: true });
      const other = await shop.assignment({ warehouse, isActive: true });
      const answer = await shop.patch(uuid.toUpperCase(), { isActive: 'true' });
      expect(answer.status).toBe(200);
      expect(answer.json.data).toMatchObject({ id: uuid, attributes: { userUuid: user.uuid, isActive: true } });
      expect(await shop.activeOf(user)).toEqual([uuid]);
      expect(await shop.activeOf(other.user)).toEqual([other.uuid]);
      expect((await shop.patch(uuid, { isActive: false })).json.data.attributes.isActive).toBe(false);
      expect(await shop.activeOf(user)).toEqual([]);
    });

    it('takes user and warehouse too, and keeps the user with one active assignment', async () => {
      const { uuid } = await shop.assignment({ isActive: true });
      const { user } = await shop.assignment({ isActive: true });
      const warehouse = await shop.warehouse({ name: 'Rostock Depot', isActive: false });
      const answer = await shop.patch(uuid, { userUuid: user.uuid, warehouse: { uuid: warehouse.uuid } });
      expect(answer.json.data.attributes).toEqual({
        userUuid: user.uuid,
        isActive: true,
        warehouse: { uuid: warehouse.uuid, name: 'Rostock Depot', isActive: false },
      });
      expect((await shop.get(`/${uuid}`)).json.data).toEqual(answer.json.data);
      expect(await shop.activeOf(user)).toEqual([uuid]);
    });

    it('changes nothing without attributes, and needs no data.type', async () => {
      const { uuid } = await shop.assignment({ isActive: true });
      const body = { data: { attributes: {} } };
      const answer = await shop.app.api.call('PATCH', `${PATH}/${uuid}`, { token: shop.backOffice, body });
      expect(answer.status).toBe(200);
      expect(answer.json.data.attributes.isActive).toBe(true);
    });

    it('refuses what would be a duplicate', async () => {
      const first = await shop.assignment();
      const second = await shop.assignment({ user: first.user });
      const third = await shop.assignment({ warehouse: first.warehouse });
      const duplicate = ['400 5206 Warehouse user assignment already exists.'];
      expect(errorsOf(await shop.patch(second.uuid, { warehouse: { uuid: first.warehouse.uuid } }))).toEqual(duplicate);
      expect(errorsOf(await shop.patch(third.uuid, { userUuid: first.user.uuid }))).toEqual(duplicate);
    });

    it('refuses unknown users and warehouses, and users that may no longer work in warehouses', async () => {
      const { uuid } = await shop.assignment();
      const unknown = { userUuid: randomUUID(), warehouse: { uuid: randomUUID() } };
      expect(errorsOf(await shop.patch(uuid, unknown))).toEqual([
        '400 5202 User not found.',
        '400 5203 Warehouse not found.',
      ]);
      const retired = await shop.assignment({ user: await shop.warehouseUser({ status: 'inactive' }) });
      expect(errorsOf(await shop.patch(retired.uuid, { isActive: true }))).toEqual(['400 5202 User not found.']);
    });

    it.each([
      [{ isActive: 'on' }, 'isActive => This value should be of type bool.'],
      [{ isActive: null }, 'isActive => This value should be of type bool.'],
      [{ userUuid: null }, 'userUuid => This value should not be blank.'],
      [{ warehouse: {} }, `warehouse.uuid => ${MISSING}`],
      [{ warehouse: [{}] }, 'warehouse => This value should be of type object.'],
    ])('refuses the attributes %j', async (attributes, detail) => {
      const { uuid } = await shop.assignment();
      expect(errorsOf(await shop.patch(uuid, attributes))[0]).toBe(`422 901 ${detail}`);
    });
  });

  it('deletes an assignment once', async () => {
    const { uuid } = await shop.assignment();
    const answer = await shop.delete(uuid);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(errorsOf(await shop.delete(uuid))).toEqual([NOT_FOUND]);
    expect(errorsOf(await shop.get(`/${uuid}`))).toEqual([NOT_FOUND]);
  });

  it('knows nothing of an id that is unknown or no uuid', async () => {
    for (const id of [randomUUID(), 'none', '1', "'--", '%00']) {
      expect(errorsOf(await shop.get(`/${id}`))).toEqual([NOT_FOUND]);
      expect(errorsOf(await shop.patch(id, { isActive: true }))).toEqual([NOT_FOUND]);
      expect(errorsOf(await shop.delete(id))).toEqual([NOT_FOUND]);
    }
  });

  it('asks for the id of what is to be changed or deleted', async () => {
    for (const path of [PATH, `${PATH}/`]) {
      for (const method of ['PATCH', 'DELETE']) {
        const body = method === 'PATCH' ? { data: { type: 'warehouse-user-assignments', attributes: {} } } : undefined;
        const answer = await shop.app.api.call(method, path, { token: shop.backOffice, body });
        expect(errorsOf(answer)).toEqual(['400 Resource id is not specified.']);
      }
    }
  });

  it('refuses documents of another type or shape', async () => {
    const send = async (data: unknown) =>
      errorsOf(await shop.app.api.call('POST', PATH, { token: shop.backOffice, body: { data } }));
    expect(await send({ type: 'carts', attributes: {} })).toEqual(['400 Invalid type.']);
    expect(await send({ attributes: {} })).toEqual(['400 Post data is invalid.']);
    expect(await send({ type: 'warehouse-user-assignments' })).toEqual(['400 Post data is invalid.']);
    const { uuid } = await shop.assignment();
    const body = { data: { type: 'carts', attributes: {} } };
    const answer = await shop.app.api.call('PATCH', `${PATH}/${uuid}`, { token: shop.backOffice, body });
    expect(errorsOf(answer)).toEqual(['400 Invalid type.']);
  });

  it('asks for a token', async () => {
    expect(outcome(await shop.app.api.get(PATH))).toBe('401 Unauthorized request.');
    expect(outcome(await shop.app.api.delete(`${PATH}/${randomUUID()}`))).toBe('401 Unauthorized request.');
  });
});
