import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MfaService } from '#mfa';
import { PurgeRepository } from '../src/persistence/purge.repository.js';
import { Shop } from './shop/shop.js';

describe('Upkeep', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.close());

  const codesLeft = async (): Promise<number> =>
    (
      await shop.dataSource.query(
        `SELECT ((SELECT count(*) FROM mfa_code) + (SELECT count(*) FROM mfa_grant))::int AS count`,
      )
    )[0].count;

  it('deletes codes and grants that are over, in batches, and leaves living ones alone', async () => {
    for (let n = 0; n < 7; n += 1) await shop.person().activate('pigeon');
    const granted = await shop.person().enroll('pigeon');
    await granted.order(await granted.requestCode('pigeon'));
    shop.clock.advance(600);
    const living = shop.person();
    await living.activate('pigeon');
    expect(await codesLeft()).toBe(9);
    expect(await new PurgeRepository(shop.dataSource).purge(shop.clock.now(), 3)).toBe(7);
    expect(await codesLeft()).toBe(2);
    shop.clock.advance(1800);
    expect(await shop.instances[0]!.get(MfaService).purge()).toBe(2);
    expect(await living.verify(living.code('pigeon'), 'pigeon')).toBe('403 5901');
  });

  it('does not let the grants of many sessions pile up: a new code sweeps the account', async () => {
    const person = await shop.person().enroll('pigeon');
    for (let n = 0; n < 5; n += 1) {
      const here = person.inSession(`session ${n}`);
      await here.order(await here.requestCode('pigeon'));
      shop.clock.advance(1800);
    }
    await person.requestCode('pigeon');
    const rows = await shop.dataSource.query(`SELECT 1 FROM mfa_grant WHERE account_id = $1`, [person.id]);
    expect(rows).toEqual([]);
  });
});
