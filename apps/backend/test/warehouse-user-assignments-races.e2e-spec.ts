import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcome, type Answer } from '#testing';
import { errorsOf, WarehouseShop } from './warehouse-shop.js';

const TWENTY = Array.from({ length: 20 }, (_, index) => index);

function counts(answers: Answer[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const answer of answers) found[outcome(answer)] = (found[outcome(answer)] ?? 0) + 1;
  return found;
}

describe('Warehouse user assignments under parallel requests', () => {
  let shop: WarehouseShop;

  beforeAll(async () => {
    shop = await WarehouseShop.open();
  });
  afterAll(() => shop.app.stop());

  it('leaves exactly one active when twenty are activated at once', async () => {
    const user = await shop.warehouseUser();
    const all = await Promise.all(TWENTY.map(() => shop.assignment({ user })));
    const answers = await Promise.all(all.map(({ uuid }) => shop.patch(uuid, { isActive: true })));
    expect(counts(answers)).toEqual({ 200: 20 });
    expect(await shop.activeOf(user)).toHaveLength(1);
  });

  it('creates one of twenty equal assignments', async () => {
    const [user, warehouse] = [await shop.warehouseUser(), await shop.warehouse()];
    const attributes = { userUuid: user.uuid, warehouse: { uuid: warehouse.uuid }, isActive: true };
    const answers = await Promise.all(TWENTY.map(() => shop.post(attributes)));
    expect(counts(answers)).toEqual({ 201: 1, '400 5206': 19 });
    expect(await shop.activeOf(user)).toHaveLength(1);
  });

  it('leaves exactly one active of twenty that are created active at once', async () => {
    const user = await shop.warehouseUser();
    const warehouses = await Promise.all(TWENTY.map(() => shop.warehouse()));
    const answers = await Promise.all(
      warehouses.map(({ uuid }) => shop.post({ userUuid: user.uuid, warehouse: { uuid }, isActive: true })),
    );
    expect(counts(answers)).toEqual({ 201: 20 });
    expect(await shop.activeOf(user)).toHaveLength(1);
  });

  it('swaps assignments between two users without a deadlock', async () => {
    const [one, two] = [await shop.assignment({ isActive: true }), await shop.assignment({ isActive: true })];
    const users = [one.user.uuid, two.user.uuid];
    const answers = await Promise.all(
      TWENTY.map((index) => shop.patch(index % 2 ? one.uuid : two.uuid, { userUuid: users[(index >> 1) % 2] })),
    );
    const { 200: moved = 0, '400 5201': gone = 0 } = counts(answers);
    expect(moved + gone).toBe(20);
    expect((await shop.activeOf(one.user)).length).toBeLessThan(2);
    expect((await shop.activeOf(two.user)).length).toBeLessThan(2);
  });

  /** The answer to a request that meets a transaction which has done its work but is not committed yet. */
  async function during(
    work: (manager: EntityManager) => Promise<unknown>,
    send: () => Promise<Answer>,
  ): Promise<Answer> {
    const { answer } = await shop.app.dataSource.transaction(async (manager) => {
      await work(manager);
      const sent = { answer: send() };
      await somebodyWaits();
      return sent;
    });
    return answer;
  }

  /** Resolves when a statement waits for a lock. */
  async function somebodyWaits(): Promise<void> {
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    while ((await shop.app.dataSource.query<unknown[]>(waiting)).length === 0) await setTimeout(5);
  }

  it('answers 400 when the assignment goes while it is being changed', async () => {
    const { uuid, user } = await shop.assignment();
    const answer = await during(
      async (manager) => {
        await manager.query(`SELECT 1 FROM user_account WHERE id = $1 FOR UPDATE`, [user.id]);
        await manager.query(`DELETE FROM warehouse_user_assignment WHERE uuid = $1`, [uuid]);
      },
      () => shop.patch(uuid, { isActive: true }),
    );
    expect(errorsOf(answer)).toEqual(['400 5201 Warehouse user assignment not found.']);
  });

  it('answers 400 when another program activates or creates an assignment meanwhile', async () => {
    const { uuid, user } = await shop.assignment();
    const warehouse = await shop.warehouse();
    const insert = (isActive: boolean) => (manager: EntityManager) =>
      manager.query(
        `INSERT INTO warehouse_user_assignment (uuid, user_id, warehouse_id, is_active) VALUES ($1, $2, $3, $4)`,
        [randomUUID(), user.id, warehouse.id, isActive],
      );
    const attributes = { userUuid: user.uuid, warehouse: { uuid: warehouse.uuid } };
    const activated = await during(insert(true), () => shop.patch(uuid, { isActive: true }));
    expect(errorsOf(activated)).toEqual(['400 5205 User has too many active warehouse assignments.']);
    await shop.app.dataSource.query(`DELETE FROM warehouse_user_assignment WHERE warehouse_id = $1`, [warehouse.id]);
    const created = await during(insert(false), () => shop.post(attributes));
    expect(errorsOf(created)).toEqual(['400 5206 Warehouse user assignment already exists.']);
  });
});
