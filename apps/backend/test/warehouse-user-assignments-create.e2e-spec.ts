import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorsOf, PATH, WarehouseShop } from './warehouse-shop.js';

const MISSING = 'This field is missing.';
const BLANK = 'This value should not be blank.';
const NO_TEXT = 'This value should be of type string.';
const NO_OBJECT = 'This value should be of type object.';
const NO_BOOL = 'This value should be of type bool.';

describe('Creating a warehouse user assignment', () => {
  let shop: WarehouseShop;

  beforeAll(async () => {
    shop = await WarehouseShop.open();
  });
  afterAll(() => shop.app.stop());

  it('answers 201 with the assignment and the link to it', async () => {
    const user = await shop.warehouseUser();
    const warehouse = await shop.warehouse();
    const answer = await shop.post({ userUuid: user.uuid, warehouse: { uuid: warehouse.uuid }, isActive: true });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toBe('application/vnd.api+json');
    const { id } = answer.json.data;
    const self = `${shop.app.api.url}${PATH}/${id}`;
    const attributes = {
      userUuid: user.uuid,
      isActive: true,
      warehouse: { uuid: warehouse.uuid, name: 'Hamburg Quay 4', isActive: true },
    };
    expect(answer.json).toEqual({
      data: { type: 'warehouse-user-assignments', id, attributes, links: { self } },
    });
    expect(Object.keys(answer.json.data.attributes)).toEqual(['userUuid', 'isActive', 'warehouse']);
    expect((await shop.get(`/${id}`)).json).toEqual(answer.json);
  });

  it('takes isActive as boolean or text, and false where it is absent', async () => {
    for (const [sent, stored] of [
      [undefined, false],
      ['true', true],
      ['false', false],
      [false, false],
    ]) {
      const [user, warehouse] = [await shop.warehouseUser(), await shop.warehouse()];
      const answer = await shop.post({ userUuid: user.uuid, warehouse: { uuid: warehouse.uuid }, isActive: sent });
      expect(answer.json.data.attributes.isActive).toBe(stored);
    }
  });

  it('activates the new assignment in place of the active one', async () => {
    const { user } = await shop.assignment({ isActive: true });
    const { uuid } = await shop.warehouse();
    const answer = await shop.post({ userUuid: user.uuid.toUpperCase(), warehouse: { uuid }, isActive: true });
    expect(await shop.activeOf(user)).toEqual([answer.json.data.id]);
  });

  it.each<[object, string[]]>([
    [{}, [`userUuid => ${MISSING}`, `warehouse => ${MISSING}`]],
    [{ userUuid: '', warehouse: {} }, [`userUuid => ${BLANK}`, `warehouse.uuid => ${MISSING}`]],
    [{ userUuid: 7, warehouse: null }, [`userUuid => ${NO_TEXT}`, `warehouse => ${BLANK}`]],
    [{ userUuid: 'u', warehouse: 'w' }, [`warehouse => ${NO_OBJECT}`]],
    [{ userUuid: 'u', warehouse: [] }, [`warehouse => ${NO_OBJECT}`]],
    [{ userUuid: 'u', warehouse: { uuid: 5 } }, [`warehouse.uuid => ${NO_TEXT}`]],
    [{ userUuid: 'u', warehouse: { uuid: 'w' }, isActive: 'yes' }, [`isActive => ${NO_BOOL}`]],
    [{ userUuid: 'u', warehouse: { uuid: 'w' }, isActive: 1 }, [`isActive => ${NO_BOOL}`]],
    [{ userUuid: 'u', warehouse: { uuid: 'w' }, isActive: null }, [`isActive => ${NO_BOOL}`]],
  ])('refuses the attributes %j', async (attributes, details) => {
    const answer = await shop.post(attributes);
    expect(errorsOf(answer)).toEqual(details.map((detail) => `422 901 ${detail}`));
    expect(answer.status).toBe(422);
  });

  it('refuses a user that is unknown, inactive, or no warehouse user', async () => {
    const warehouse = { uuid: (await shop.warehouse()).uuid };
    const inactive = await shop.warehouseUser({ status: 'inactive' });
    const unflagged = await shop.warehouseUser({ isWarehouseUser: false });
    for (const userUuid of [randomUUID(), 'nobody', inactive.uuid, unflagged.uuid]) {
      expect(errorsOf(await shop.post({ userUuid, warehouse }))).toEqual(['400 5202 User not found.']);
    }
  });

  it('refuses an unknown warehouse, and tells all that is wrong at once', async () => {
    const { uuid: userUuid } = await shop.warehouseUser();
    for (const uuid of [randomUUID(), 'nowhere']) {
      const warehouse = { uuid };
      expect(errorsOf(await shop.post({ userUuid, warehouse }))).toEqual(['400 5203 Warehouse not found.']);
      const answer = await shop.post({ userUuid: randomUUID(), warehouse });
      expect(errorsOf(answer)).toEqual(['400 5202 User not found.', '400 5203 Warehouse not found.']);
      expect(answer.json.errors[0].message).toBe('User not found.');
    }
  });

  it('refuses a second assignment of a user to a warehouse and leaves the active one as it is', async () => {
    const { user, warehouse } = await shop.assignment();
    const active = await shop.assignment({ user, isActive: true });
    const answer = await shop.post({ userUuid: user.uuid, warehouse: { uuid: warehouse.uuid }, isActive: true });
    expect(errorsOf(answer)).toEqual(['400 5206 Warehouse user assignment already exists.']);
    expect(await shop.activeOf(user)).toEqual([active.uuid]);
  });
});
