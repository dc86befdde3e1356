import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Enrolment } from './methods/holder.js';
import { totpHolder } from './methods/totp/totp.holder.js';
import { Shop, type Person } from './shop/shop.js';
import { captureLog } from './shop/traces.js';

describe('Keys that seal credentials', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.close());

  const enrolled = (person: Person): Promise<Enrolment> => new Enrolment('totp', totpHolder, shop, person).complete();
  const later = (): void => shop.clock.advance(3600);
  const rowOf = async ({ id }: Person): Promise<{ id: string; key_id: string; sealed: Buffer }> =>
    (await shop.dataSource.query(`SELECT id, key_id, sealed FROM mfa_credential WHERE account_id = $1`, [id]))[0];

  it('open no secret that was copied to another account, and say so in the log without it', async () => {
    const [thief, victim] = [await enrolled(shop.person()), await enrolled(shop.person())];
    await shop.dataSource.query(
      `INSERT INTO mfa_credential (account_kind, account_id, id, method, key_id, sealed, counter, created_at)
       SELECT account_kind, $2, id, method, key_id, sealed, -1, '2020-01-01' FROM mfa_credential WHERE account_id = $1`,
      [thief.person.id, victim.person.id],
    );
    later();
    const logged = captureLog(shop.instances[0]!);
    expect(await victim.person.order(await thief.value())).toBe('403 5901');
    const { id, sealed } = await rowOf(thief.person);
    expect(logged()).toContain(`event: 'mfa.credential_unreadable'`);
    expect(logged()).toContain(`credentialId: '${id}'`);
    expect(logged()).toContain(`accountId: '${victim.person.id}'`);
    expect(logged()).not.toContain(sealed.toString('hex'));
    expect(await victim.person.order(await victim.value())).toBe('201');
  });

  it('open no secret that was put into the place of another one, or changed', async () => {
    const [thief, victim] = [await enrolled(shop.person()), await enrolled(shop.person())];
    const replace = (sealed: Buffer): Promise<unknown> =>
      shop.dataSource.query(`UPDATE mfa_credential SET sealed = $2 WHERE account_id = $1`, [victim.person.id, sealed]);
    const own = (await rowOf(victim.person)).sealed;
    later();
    await replace((await rowOf(thief.person)).sealed);
    expect(await victim.person.order(await thief.value())).toBe('403 5901');
    for (const sealed of [own.subarray(0, -1), own.subarray(0, 12), Buffer.alloc(0), Buffer.from(own.toReversed())]) {
      await replace(sealed);
      expect(await victim.person.order(await victim.value())).toBe('403 5901');
    }
    await replace(own);
    expect(await victim.person.order(await victim.value())).toBe('201');
  });

  it('may be rotated while people use what a former one sealed', async () => {
    const before = await enrolled(shop.person());
    const newer = { id: 'e2', key: randomBytes(32) };
    const former = shop.options.encryptionKeys!();
    const api = await shop.addInstance({ encryptionKeys: () => [newer, ...former] });
    later();
    expect(await before.person.at(api).order(await before.value())).toBe('201');
    const after = await enrolled(shop.person().at(api));
    expect([(await rowOf(before.person)).key_id, (await rowOf(after.person)).key_id]).toEqual(['e1', 'e2']);
    await shop.dataSource.query(`DELETE FROM mfa_factor WHERE account_id = $1`, [after.person.id]);
  });

  it('are needed at the start, where a method that is offered keeps credentials', async () => {
    await expect(shop.addInstance({ encryptionKeys: () => [] })).rejects.toThrow(
      'MFA needs a key that seals credentials.',
    );
  });

  it('have 32 bytes and an id of their own, else the start stops and names the id', async () => {
    const [key] = shop.options.encryptionKeys!();
    const short = { id: 'short', key: randomBytes(31) };
    await expect(shop.addInstance({ encryptionKeys: () => [key!, short] })).rejects.toThrow(
      'The key "short" that seals credentials needs 32 bytes and an id of its own.',
    );
    await expect(shop.addInstance({ encryptionKeys: () => [key!, key!] })).rejects.toThrow('The key "e1"');
  });

  it('must be there for all that is stored, else the start stops and names the missing one', async () => {
    await enrolled(shop.person());
    const others = [{ id: 'other', key: randomBytes(32) }];
    const start = shop.addInstance({ encryptionKeys: () => others });
    await expect(start).rejects.toThrow('Credentials are sealed by the encryption key e1, not configured.');
  });

  it('are not needed where no method that is offered keeps credentials, which then cannot be set up', async () => {
    await shop.dataSource.query(`DELETE FROM mfa_factor WHERE method = 'totp'`);
    const offeredMethods = { customer: ['email'], user: ['email'] };
    const api = await shop.addInstance({ offeredMethods, encryptionKeys: () => [] });
    const person = shop.person().at(api);
    expect(await person.activate('totp')).toBe('400 5906');
    expect(await person.activate('signet')).toBe('400 5906');
    expect(await person.activate('email')).toBe('204');
  });
});
