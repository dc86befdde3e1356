import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '#auth';
import { mailedCode, outcome } from '#testing';
import { errorsOf, idsOf, WarehouseShop } from './warehouse-shop.js';

type Stored = Awaited<ReturnType<WarehouseShop['assignment']>>;

const NOT_FOUND = ['404 5201 Warehouse user assignment not found.'];

describe('Access to warehouse user assignments', () => {
  let shop: WarehouseShop;
  let other: Stored;

  beforeAll(async () => {
    shop = await WarehouseShop.open();
    other = await shop.assignment({ isActive: true });
  });
  afterAll(() => shop.app.stop());

  /** What holds for everybody who reaches only his own assignments. */
  async function expectOnlyOwn(user: User): Promise<{ own: Stored; token: string }> {
    const [own, token] = [await shop.assignment({ user }), await shop.login(user)];
    expect(idsOf(await shop.get('', token))).toEqual([own.uuid]);
    expect(idsOf(await shop.get(`?filter[warehouse-user-assignments.uuid]=${other.uuid}`, token))).toEqual([]);
    expect((await shop.get('?page[limit]=1', token)).json.links).not.toHaveProperty('next');
    expect((await shop.get(`/${own.uuid}`, token)).status).toBe(200);
    expect(errorsOf(await shop.get(`/${other.uuid}`, token))).toEqual(NOT_FOUND);
    expect(errorsOf(await shop.patch(other.uuid, { isActive: false }, token))).toEqual(NOT_FOUND);
    expect(errorsOf(await shop.patch(own.uuid, { userUuid: other.user.uuid }, token))).toEqual(NOT_FOUND);
    const same = { userUuid: user.uuid.toUpperCase(), isActive: true };
    expect((await shop.patch(own.uuid, same, token)).json.data.attributes.isActive).toBe(true);
    expect(await shop.activeOf(other.user)).toEqual([other.uuid]);
    return { own, token };
  }

  it('lets a warehouse user read and change only the own ones, and neither create nor delete', async () => {
    const { own, token } = await expectOnlyOwn(await shop.warehouseUser());
    const attributes = { userUuid: own.user.uuid, warehouse: { uuid: other.warehouse.uuid } };
    expect(outcome(await shop.post(attributes, token))).toBe('403 Forbidden.');
    expect(outcome(await shop.delete(own.uuid, token))).toBe('403 Forbidden.');
  });

  it('lets a Back Office user that is flagged warehouse user touch only the own ones', async () => {
    const { own, token } = await expectOnlyOwn(await shop.warehouseUser({ roles: ['back-office'] }));
    expect(errorsOf(await shop.delete(other.uuid, token))).toEqual(NOT_FOUND);
    const { uuid } = await shop.warehouse();
    const create = (userUuid: string) => shop.post({ userUuid, warehouse: { uuid } }, token);
    expect(errorsOf(await create(other.user.uuid))).toEqual(NOT_FOUND);
    expect(errorsOf(await create('nobody'))).toEqual(NOT_FOUND);
    expect((await create(own.user.uuid)).status).toBe(201);
    expect((await shop.delete(own.uuid, token)).status).toBe(204);
  });

  it('shows a user with the role of warehouse users but not the flag only the own ones', async () => {
    const user = await shop.warehouseUser({ isWarehouseUser: false });
    const own = await shop.assignment({ user });
    const token = await shop.login(user);
    expect(idsOf(await shop.get('', token))).toEqual([own.uuid]);
    expect(errorsOf(await shop.patch(other.uuid, { isActive: false }, token))).toEqual(NOT_FOUND);
  });

  it('is closed to merchant users', async () => {
    const merchant = await shop.warehouseUser({ roles: ['merchant'], isWarehouseUser: false });
    expect(outcome(await shop.get('', await shop.login(merchant)))).toBe('403 Forbidden.');
  });

  async function activateMfa({ username }: User, token: string): Promise<void> {
    const attributes = { type: 'email' };
    await shop.app.api.post('/multi-factor-auth-type-activate', attributes, { token });
    const code = mailedCode(shop.app.mailbox, username);
    const verified = await shop.app.api.post('/multi-factor-auth-type-verify', attributes, { token, code });
    expect(verified.status).toBe(204);
  }

  it('asks a user with MFA for a code to write, not to read', async () => {
    const user = await shop.warehouseUser({ roles: ['back-office'], isWarehouseUser: false });
    await activateMfa(user, await shop.login(user));
    const token = await shop.login(user);
    expect((await shop.get('', token)).status).toBe(200);
    expect((await shop.get(`/${other.uuid}`, token)).status).toBe(200);
    expect(outcome(await shop.post({}, token))).toBe('403 5900');
    expect(outcome(await shop.patch(other.uuid, { isActive: false }, token))).toBe('403 5900');
    expect(outcome(await shop.delete(other.uuid, token))).toBe('403 5900');
  });
});
