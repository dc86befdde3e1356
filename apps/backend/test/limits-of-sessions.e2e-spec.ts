import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type ApiClient } from '#testing';
import { WarehouseUserAssignment } from '../src/warehouse-user-assignments/warehouse-user-assignment.entity.js';
import { Warehouse } from '../src/warehouse-user-assignments/warehouse.entity.js';
import { BackOffice, type Session } from './back-office.js';

type Tokens = Pick<Session, 'token' | 'refreshToken'>;

const LIMIT = 3;

describe('The live sessions of a user', () => {
  let office: BackOffice;
  let other: ApiClient;

  beforeAll(async () => {
    office = await BackOffice.open({ ACCOUNT_SESSION_LIMIT: String(LIMIT) });
    other = await office.app.anotherInstance();
  });
  afterAll(() => office.app.stop());

  const api = (n: number): ApiClient => (n % 2 ? other : office.app.api);
  const worker = async (): Promise<Session> => {
    const session = await office.session('warehouse', { isWarehouseUser: true });
    const { dataSource } = office.app;
    const warehouse = await dataSource.getRepository(Warehouse).save({ uuid: randomUUID(), name: 'Hamburg Quay 4' });
    const row = { uuid: randomUUID(), userId: session.user.id, warehouseId: warehouse.id, isActive: true };
    await dataSource.getRepository(WarehouseUserAssignment).insert(row);
    return session;
  };
  const login = async ({ user }: Session, n = 0): Promise<Tokens> => {
    const form = { grant_type: 'password', username: user.username, password: PASSWORD };
    const { json } = await api(n).form('/token', form);
    return { token: json.access_token, refreshToken: json.refresh_token };
  };
  const forWarehouse = async ({ token }: Tokens, n = 0): Promise<Tokens> => {
    const { json } = await api(n).call('POST', '/warehouse-tokens', { token });
    return { token: json[0].accessToken, refreshToken: json[0].refreshToken };
  };
  const inTurn = async (count: number, open: () => Promise<Tokens>): Promise<Tokens[]> => {
    const opened: Tokens[] = [];
    for (let n = 0; n < count; n += 1) {
      opened.push(await open());
      office.app.clock.advance(1);
    }
    return opened;
  };
  const live = (tokens: readonly Tokens[]) => Promise.all(tokens.map(({ token }) => office.isLive(token)));
  const refreshable = (all: readonly Tokens[]) => Promise.all(all.map((one) => office.canRefresh(one.refreshToken)));
  const isTrue = (one: boolean): boolean => one;

  it('are so many: one more login ends the oldest', async () => {
    const first = await worker();
    office.app.clock.advance(1);
    const opened = [first, ...(await inTurn(LIMIT, () => login(first)))];
    expect(await live(opened)).toEqual([false, true, true, true]);
    expect(await refreshable(opened)).toEqual([false, true, true, true]);
  });

  it('for warehouses are so many, and end none of the user’s own', async () => {
    const session = await worker();
    office.app.clock.advance(1);
    const opened = await inTurn(LIMIT + 1, () => forWarehouse(session));
    expect(await live([session, ...opened])).toEqual([true, false, true, true, true]);
    expect(await refreshable(opened)).toEqual([false, true, true, true]);
  });

  it('are so many when twelve are opened at once over two instances', async () => {
    const session = await worker();
    office.app.clock.advance(1);
    const opened = await Promise.all(Array.from({ length: 12 }, (_, n) => forWarehouse(session, n)));
    expect((await live(opened)).filter(isTrue)).toHaveLength(LIMIT);
    const logins = await Promise.all(Array.from({ length: 12 }, (_, n) => login(session, n)));
    expect((await live(logins)).filter(isTrue)).toHaveLength(LIMIT);
    expect(await office.isLive(session.token)).toBe(false);
    expect((await live(opened)).filter(isTrue)).toHaveLength(LIMIT);
  });
});
