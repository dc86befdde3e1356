import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditTrailService, MfaService, type AuditEntry } from '#mfa';
import { TestClock, wrongCode } from '#testing';
import { Shop, type Person } from './shop/shop.js';

describe('The audit trail', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.close());

  const trail = (): AuditTrailService => shop.instances[0]!.get(AuditTrailService);
  /** The entries of an account, the oldest first. */
  const entriesOf = async ({ kind, id }: Person): Promise<AuditEntry[]> =>
    (await trail().list({ accountKind: kind, accountId: id }, { offset: 0 })).entries.toReversed();
  /** Events, each with the code of the answer where there is one. */
  const eventsOf = async (person: Person): Promise<string[]> =>
    (await entriesOf(person)).map(({ event, errorCode }) => (errorCode ? `${event} ${errorCode}` : event));
  const faults = async (): Promise<number> => (await trail().verify({ onFault: () => undefined })).faults;

  it('has an entry for each decision about a code, in their order', async () => {
    const person = shop.person();
    await person.activate();
    await person.activate();
    await person.verify();
    await person.verify(wrongCode(person.code()));
    await person.verify(person.code());
    await person.order();
    const code = await person.requestCode();
    await person.order(wrongCode(code));
    await person.order(code);
    await person.deactivate(code);
    expect(await eventsOf(person)).toEqual([
      'activation-begun',
      'code-sent',
      'code-sent',
      'refused 5900',
      'refused 5901',
      'activated',
      'refused 5900',
      'code-sent',
      'refused 5901',
      'accepted',
      'deactivated',
    ]);
    expect((await entriesOf(person)).map(({ sequence }) => Number(sequence))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
  });

  it('has no entry for the same code used again within its grant, nor for requests that need none', async () => {
    const person = await shop.person().enroll();
    const code = await person.requestCode();
    await person.order(code);
    const before = await eventsOf(person);
    for (let n = 0; n < 3; n += 1) expect(await person.order(code)).toBe('201');
    await person.list();
    await person.call('GET', '/orders');
    expect(await eventsOf(person)).toEqual(before);
    const nobody = shop.person();
    expect(await nobody.order('123456')).toBe('201');
    expect(await eventsOf(nobody)).toEqual([]);
  });

  it('records the lock once, with its end, and what is blocked behind it', async () => {
    const person = await shop.person().enroll();
    const code = await person.requestCode();
    for (let n = 0; n < 10; n += 1) await person.order(wrongCode(code));
    await person.order(code);
    await person.trigger();
    await person.deactivate(code);
    await person.order();
    const entries = await entriesOf(person);
    expect(entries.slice(-6).map(({ event, errorCode }) => `${event} ${errorCode}`)).toEqual([
      'refused 5901',
      'locked null',
      'blocked 5911',
      'blocked 5911',
      'blocked 5911',
      'refused 5900',
    ]);
    const [locked] = entries.filter(({ event }) => event === 'locked');
    const { lockedUntil } = locked!.details as { lockedUntil: string };
    expect(new Date(lockedUntil).getTime() - locked!.occurredAt.getTime()).toBe(1_800_000);
  });

  it('records what the send limit blocks, and what could not be sent', async () => {
    const person = shop.person();
    for (let n = 0; n < 6; n += 1) await person.activate();
    expect((await eventsOf(person)).slice(-2)).toEqual(['code-sent', 'blocked 5912']);
    const away = await Shop.open({ database: shop.database, smtpUrl: 'smtp://127.0.0.1:1' });
    const unlucky = away.person();
    expect(await unlucky.activate()).toBe('400 5910');
    await Promise.all(away.instances.map((app) => app.close()));
    await away.dataSource.destroy();
    await away.mailbox.stop();
    expect(await eventsOf(unlucky)).toEqual(['activation-begun', 'code-sent', 'send-failed 5910']);
  });

  it('tells account, actor, session, method, request and client address, and whom the account acted for', async () => {
    const customer = shop.person();
    const agent = (await shop.person('user').enroll()).actingFor(customer);
    await agent.call('POST', '/orders', await agent.requestCode(), undefined);
    const entry = (await entriesOf(agent)).at(-1);
    expect(entry).toMatchObject({
      accountKind: 'user',
      accountId: agent.id,
      actorKind: 'user',
      actorId: agent.id,
      actsForKind: 'customer',
      actsForId: customer.id,
      sessionId: agent.session,
      event: 'accepted',
      method: 'email',
      errorCode: null,
      clientAddress: '127.0.0.1',
      occurredAt: shop.clock.now(),
    });
    expect(await eventsOf(customer)).toEqual([]);
  });

  it('never holds a code', async () => {
    const person = await shop.person().enroll();
    const code = await person.requestCode();
    const wrong = wrongCode(code);
    await person.order(wrong);
    await person.order(code);
    const [{ text }] = await shop.dataSource.query(
      `SELECT string_agg((to_jsonb(e) - 'hash' - 'account_id' - 'actor_id' - 'occurred_at')::text, ' ') AS text
       FROM mfa_audit_event e WHERE account_id = $1`,
      [person.id],
    );
    expect(text).toContain('accepted');
    expect(text).not.toContain(code);
    expect(text).not.toContain(wrong);
  });

  it('has an administrator as the actor of a removal, with the reason, and an entry for each method', async () => {
    const person = await (await shop.person().enroll()).inSession('two');
    const code = await person.requestCode();
    await person.activate('pigeon', code);
    const by = { kind: 'user', id: '7', sessionId: 's', reason: 'lost her phone' } as const;
    const mfa = shop.instances[0]!.get(MfaService);
    expect(await mfa.remove({ kind: 'customer', id: person.id }, null, by)).toEqual(['email', 'pigeon']);
    const entries = (await entriesOf(person)).slice(-2);
    for (const entry of entries) {
      expect(entry).toMatchObject({ event: 'removed', actorKind: 'user', actorId: '7', reason: 'lost her phone' });
    }
    expect(entries.map(({ method }) => method)).toEqual(['email', 'pigeon']);
    expect(await person.order(code)).toBe('201');
    expect(await mfa.remove({ kind: 'customer', id: person.id }, null, by)).toEqual([]);
    expect(await entriesOf(person)).toHaveLength(entries.length + 7);
  });

  it('ends with one method the codes and grants of all, so that nobody goes on with what was opened before', async () => {
    const person = await shop.person().enroll();
    await person.activate('pigeon', await person.requestCode());
    await person.verify(person.code('pigeon'), 'pigeon');
    const [code, outstanding] = [await person.requestCode(), person.inSession('two')];
    expect(await person.order(code)).toBe('201');
    const other = await outstanding.requestCode('pigeon');
    const account = { kind: 'customer', id: person.id } as const;
    const mfa = shop.instances[0]!.get(MfaService);
    expect(await mfa.remove(account, 'email', { kind: 'user', id: '7' })).toEqual(['email']);
    expect(await person.order(code)).toBe('403 5901');
    expect(await outstanding.order(other)).toBe('403 5901');
    expect(await person.status()).toBe(0);
    shop.clock.advance(60);
    expect(await person.order(await person.requestCode('pigeon'))).toBe('201');
  });

  it('says of an activation beside another one that it was refused for want of a code', async () => {
    const person = await shop.person().enroll('pigeon');
    expect(await person.activate()).toBe('403 5900');
    expect((await eventsOf(person)).at(-1)).toBe('refused 5900');
  });

  it('has an entry for the end of a lock by somebody else, and none where there was no lock', async () => {
    const person = await shop.person().enroll();
    const code = await person.requestCode();
    for (let n = 0; n < 10; n += 1) await person.order(wrongCode(code));
    const mfa = shop.instances[0]!.get(MfaService);
    const by = { kind: 'operator', id: 'root', reason: 'called us' } as const;
    expect(await mfa.unlock({ kind: 'customer', id: person.id }, by)).toBe(true);
    expect(await mfa.unlock({ kind: 'customer', id: person.id }, by)).toBe(false);
    expect((await eventsOf(person)).at(-1)).toBe('unlocked');
    expect(await person.order(wrongCode(code))).toBe('403 5901');
    expect(await person.order(await person.requestCode())).toBe('201');
  });

  it('keeps every entry of an account in one chain, however parallel its decisions are', async () => {
    const other = await shop.addInstance();
    const person = await shop.person().enroll();
    const code = await person.requestCode();
    const before = (await entriesOf(person)).length;
    const tries = Array.from({ length: 20 }, (_, n) => (n % 2 ? person : person.at(other)).order(wrongCode(code)));
    const outcomes = await Promise.all([...tries, person.order(), person.at(other).order()]);
    const events = (await eventsOf(person)).slice(before);
    const count = (wanted: string): number => events.filter((one) => one === wanted).length;
    expect(count('refused 5901')).toBe(outcomes.filter((one) => one === '403 5901').length);
    expect(count('blocked 5911')).toBe(outcomes.filter((one) => one === '429 5911').length);
    expect(count('refused 5900')).toBe(2);
    expect(count('locked')).toBe(1);
    expect(await faults()).toBe(0);
  });

  it('lets no account wait for the entries of another one', async () => {
    const [busy, free] = [await shop.person().enroll(), await shop.person().enroll()];
    const runner = shop.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query(`SELECT FROM mfa_audit_chain WHERE account_id = $1 FOR UPDATE`, [busy.id]);
    const waiting = busy.order();
    expect(await free.order()).toBe('403 5900');
    expect(await Promise.race([waiting, free.order('000000')])).toBe('403 5901');
    await runner.rollbackTransaction();
    await runner.release();
    expect(await waiting).toBe('403 5900');
  });

  it('goes together with its decision: where the entry cannot be written, nothing is decided', async () => {
    const person = await shop.person().enroll();
    const code = await person.requestCode();
    const state = async (): Promise<unknown> => [
      await shop.dataSource.query(`SELECT * FROM mfa_account WHERE account_id = $1`, [person.id]),
      await shop.dataSource.query(`SELECT * FROM mfa_factor WHERE account_id = $1`, [person.id]),
      await shop.dataSource.query(`SELECT * FROM mfa_code WHERE account_id = $1`, [person.id]),
    ];
    const before = await state();
    await shop.dataSource.query(
      `ALTER TABLE mfa_audit_event ADD CONSTRAINT ck_full CHECK (account_id <> '${person.id}') NOT VALID`,
    );
    const tries = [person.order(wrongCode(code)), person.order(code), person.order(), person.deactivate(code)];
    const account = { kind: 'customer', id: person.id } as const;
    await expect(
      shop.instances[0]!.get(MfaService).remove(account, null, { kind: 'operator', id: 'root' }),
    ).rejects.toThrow('ck_full');
    expect(await Promise.all([...tries, person.trigger(), person.activate('pigeon', code)])).toEqual(
      Array.from({ length: 6 }, () => '500 Internal Server Error'),
    );
    await shop.dataSource.query(`ALTER TABLE mfa_audit_event DROP CONSTRAINT ck_full`);
    expect(await state()).toEqual(before);
    expect(await person.order(code)).toBe('201');
  });

  it.each(['UPDATE mfa_audit_event SET reason = NULL', 'DELETE FROM mfa_audit_event', 'TRUNCATE mfa_audit_event'])(
    'refuses "%s"',
    async (statement) => {
      await shop.person().activate();
      await expect(shop.dataSource.query(statement)).rejects.toThrow('mfa_audit_event is append-only');
    },
  );

  it('gives entries their place itself, whatever place and hash somebody wants for them', async () => {
    const id = randomUUID();
    await shop.dataSource.query(
      `INSERT INTO mfa_audit_event (account_kind, account_id, sequence, hash, event, occurred_at, actor_kind, actor_id)
       VALUES ('user', $1, 70, 'mine', 'accepted', $2, 'user', $1)`,
      [id, new TestClock().now()],
    );
    const [entry] = await entriesOf(shop.person('user', id));
    expect(entry?.sequence).toBe('1');
    expect(await faults()).toBe(0);
  });
});
