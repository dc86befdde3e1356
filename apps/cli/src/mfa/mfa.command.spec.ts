import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, createUser, mailedCode, type TestApp } from '#testing';
import { beginAuthenticator, enrolAuthenticator, makeRecoveryCodes, nextCode } from '../test/authenticator.js';
import { activateAt, loginAt, orderAt, startShop } from '../test/protected-shop.js';
import { runCli, type Run } from '../test/run-cli.js';

let shop: TestApp;

beforeAll(async () => {
  shop = await startShop();
});

afterAll(() => shop.stop());

const run = (...words: string[]): Promise<Run> => runCli(shop.settings, ...words);

const trailOf = (id: string, event: string) =>
  shop.dataSource.query(
    `SELECT event, method, reason, actor_kind, actor_id FROM mfa_audit_event
     WHERE account_kind = 'customer' AND account_id = $1 AND event = $2`,
    [id, event],
  );

const OPERATOR = { actor_kind: 'operator', actor_id: userInfo().username };

describe('Operators and second factors', () => {
  it('see what an account has set up, and never a code', async () => {
    const { email, customerReference } = await createCustomer(shop.dataSource);
    const token = await activateAt(shop, email);
    await orderAt(shop, token, 'none');
    await shop.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token });
    const { exitCode, out } = await run('mfa', 'show', 'customer', email.toUpperCase());
    expect(exitCode).toBe(0);
    const time = '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z';
    const [heading, ...rows] = out.trimEnd().split('\n');
    expect(heading).toBe(`${customerReference} (${email})`);
    const patterns = [
      `email {2,}enabled since ${time}`,
      'totp {2,}disabled',
      'recovery-code {2,}disabled',
      'wrong codes in a row {2,}1',
      'locked {2,}no',
      'outstanding codes {2,}1',
      'live grants {2,}1',
      `last codes sent {2,}${time}, ${time}`,
      'recovery codes left {2,}0',
    ];
    expect(rows).toEqual(patterns.map((pattern) => expect.stringMatching(new RegExp(`^  ${pattern}$`))));
    expect(out).not.toContain(mailedCode(shop.mailbox, email));
  });

  it('see what is kept of each method and since when, and neither a secret nor a recovery code', async () => {
    const { email } = await createCustomer(shop.dataSource);
    const { token, secret } = await enrolAuthenticator(shop, email);
    const codes = await makeRecoveryCodes(shop, token, nextCode(shop, secret));
    await orderAt(shop, await loginAt(shop, email), codes[0]);
    const { out } = await run('mfa', 'show', 'customer', email);
    const time = '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z';
    expect(out).toMatch(
      new RegExp(`^  kept for totp {2,}made ${time}, last used ${time}, sealed by the key test$`, 'm'),
    );
    expect(out).toMatch(/^ {2}recovery codes left {2,}9$/m);
    const [{ sealed }] = await shop.dataSource.query(
      `SELECT encode(sealed, 'base64') AS sealed FROM mfa_credential JOIN customer c ON c.id::text = account_id WHERE email = $1`,
      [email],
    );
    for (const kept of [secret, sealed, ...codes, ...codes.map((code) => code.replaceAll('-', ''))]) {
      expect(out).not.toContain(kept);
    }
  });

  it('see that a set-up was begun and not verified', async () => {
    const { email } = await createCustomer(shop.dataSource);
    await beginAuthenticator(shop, email);
    const { out } = await run('mfa', 'show', 'customer', email);
    expect(out).toMatch(/^ {2}totp {2,}activation in progress$/m);
    expect(out).toMatch(/^ {2}kept for totp {2,}made [^,]+, never used, sealed by the key test, not verified yet$/m);
  });

  it('find a user by uuid and by username', async () => {
    const { uuid, username } = await createUser(shop.dataSource);
    for (const who of [uuid, username]) {
      const { out } = await run('mfa', 'show', 'user', who);
      expect(out).toContain(`${uuid} (${username})\n`);
      expect(out).toMatch(/^ {2}email +disabled$/m);
    }
  });

  it('are told that there is no such account', async () => {
    const { username } = await createUser(shop.dataSource);
    expect(await run('mfa', 'show', 'customer', username)).toMatchObject({
      ...{ exitCode: 1, err: `ProgramError: There is no customer ${username}.` },
    });
  });

  it('remove a method, which the audit trail keeps with the reason', async () => {
    const { id, email, customerReference } = await createCustomer(shop.dataSource);
    const token = await activateAt(shop, email);
    const { exitCode, out } = await run('mfa', 'remove', 'customer', customerReference, '--reason', 'lost the phone');
    expect([exitCode, out]).toEqual([0, `Removed from ${customerReference} (${email}): email\n`]);
    expect(await orderAt(shop, token)).toBe('201');
    expect(await trailOf(id, 'removed')).toMatchObject([{ reason: 'lost the phone', ...OPERATOR }]);
    const again = await run('mfa', 'remove', 'customer', customerReference, '--reason', 'again');
    expect(again).toMatchObject({ exitCode: 1, err: expect.stringContaining('has nothing set up') });
  });

  it('are told that there is no such method', async () => {
    const { email } = await createCustomer(shop.dataSource);
    const { err } = await run('mfa', 'remove', 'customer', email, '--method', 'pigeon', '--reason', 'x');
    expect(err).toBe('ProgramError: There is no method pigeon, only email, totp, recovery-code.');
  });

  it('unlock an account, which the audit trail keeps with the reason', async () => {
    const { id, email } = await createCustomer(shop.dataSource);
    await activateAt(shop, email);
    const token = await loginAt(shop, email);
    for (let miss = 0; miss < 10; miss += 1) await orderAt(shop, token, 'none');
    expect(await orderAt(shop, token, 'none')).toBe('429 5911');
    expect((await run('mfa', 'show', 'customer', email)).out).toMatch(/^ {2}locked +until \d{4}-/m);
    expect((await run('mfa', 'unlock', 'customer', email, '--reason', 'called us')).exitCode).toBe(0);
    expect(await orderAt(shop, token, 'none')).toBe('403 5901');
    expect(await trailOf(id, 'unlocked')).toMatchObject([{ reason: 'called us', ...OPERATOR }]);
    expect(await run('mfa', 'unlock', 'customer', email, '--reason', 'again')).toMatchObject({
      ...{ exitCode: 1, err: expect.stringContaining('is not locked.') },
    });
  });

  it('must give a reason', async () => {
    const { email } = await createCustomer(shop.dataSource);
    const { err } = await run('mfa', 'unlock', 'customer', email, '--reason', ' ');
    expect(err).toBe('ProgramError: --reason must not be blank, nor hold control characters');
  });

  it('purge what is over, and nothing else', async () => {
    const [ended, live] = [await createCustomer(shop.dataSource), await createCustomer(shop.dataSource)];
    for (const { email } of [ended, live]) await activateAt(shop, email);
    await shop.dataSource.query(`UPDATE mfa_grant SET expires_at = now() - interval '1 day' WHERE account_id = $1`, [
      ended.id,
    ]);
    const { exitCode, out, err } = await run('codes', 'purge');
    expect([exitCode, out]).toEqual([0, 'Codes and grants that were deleted: 1\n']);
    expect(err).toContain('Purging');
    const left = await shop.dataSource.query('SELECT account_id FROM mfa_grant WHERE account_id = ANY($1)', [
      [ended.id, live.id],
    ]);
    expect(left).toEqual([{ account_id: live.id }]);
  });
});
