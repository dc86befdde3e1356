import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser, mailedCode, outcome, PASSWORD, startTestApp, type TestApp } from '#testing';
import { createBackend } from '../src/backend.js';

describe('Users of the backend', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(createBackend);
  });
  afterAll(() => app.stop());

  it('are told by mail when their method is activated, when they are locked, and when it is deactivated', async () => {
    const { username } = await createUser(app.dataSource);
    const login = await app.api.form('/token', { grant_type: 'password', username, password: PASSWORD });
    const mfa = async (endpoint: string, code?: string): Promise<string> => {
      const path = `/multi-factor-auth-${endpoint}`;
      return outcome(await app.api.post(path, { type: 'email' }, { token: login.json.access_token, code }));
    };
    const newest = async (): Promise<string> => {
      await app.mailsSent();
      return app.mailbox.mails.find(({ to }) => to.includes(username))!.subject;
    };
    await mfa('type-activate');
    expect(await mfa('type-verify', mailedCode(app.mailbox, username))).toBe('204');
    expect(await newest()).toBe('Multi-factor authentication was switched on');
    for (let n = 0; n < 10; n += 1) expect(await mfa('type-deactivate', '000000x')).toBe('403 5901');
    expect(await newest()).toBe('Multi-factor authentication of your account is locked');
    app.clock.advance(1801);
    await mfa('trigger');
    expect(await mfa('type-deactivate', mailedCode(app.mailbox, username))).toBe('204');
    expect(await newest()).toBe('Multi-factor authentication was switched off');
  });

  it('leave the jobs of the storefront to the storefront', async () => {
    await app.dataSource.query(`SELECT graphile_worker.add_job('confirmation-mail', '{"customerId": "1"}')`);
    const { id } = await createUser(app.dataSource);
    await app.dataSource.query(
      `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id)
       VALUES ('user', $1, 'removed', now(), 'user', $1)`,
      [id],
    );
    const waiting = `SELECT task_identifier AS task, attempts FROM graphile_worker.jobs`;
    const left = [{ task: 'confirmation-mail', attempts: 0 }];
    await expect.poll(() => app.dataSource.query(waiting), { timeout: 10_000 }).toEqual(left);
  });
});
