import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Shop } from '../shop/shop.js';

describe('A decision that others are always faster than', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.close());

  /** Nobody's change of the account is made any more, as if it had come too late. */
  const overtakeAll = `
    CREATE FUNCTION overtake() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    CREATE TRIGGER overtaken BEFORE UPDATE ON mfa_account FOR EACH ROW EXECUTE FUNCTION overtake()`;

  it('ends with 503 and Retry-After, has changed nothing, and is taken when the others are done', async () => {
    const person = await shop.person().enroll('pigeon');
    const code = await person.requestCode('pigeon');
    await shop.dataSource.query(overtakeAll);
    const answer = await person.call('POST', '/orders', code);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    await shop.dataSource.query('DROP TRIGGER overtaken ON mfa_account');
    expect(await person.order(code)).toBe('201');
  });
});
