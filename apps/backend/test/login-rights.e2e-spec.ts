import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MFA_TABLE_RIGHTS } from '#mfa';
import { checkAppsRole, grantRights } from '#platform';
import { createUser, mailedCode, PASSWORD, startTestApp, wrongCode, type TestApp } from '#testing';
import { createBackend } from '../src/backend.js';

describe('An app whose login owns nothing', () => {
  const role = `apps_${randomBytes(6).toString('hex')}`;
  let app: TestApp;
  let owner: DataSource;
  let apps: DataSource;

  beforeAll(async () => {
    app = await startTestApp(async (settings, parts) => {
      owner = await new DataSource({ type: 'postgres', url: settings.databaseUrl }).initialize();
      await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD 'apps'`);
      await grantRights(owner, role, MFA_TABLE_RIGHTS);
      const url = Object.assign(new URL(settings.databaseUrl), { username: role, password: 'apps' }).toString();
      apps = await new DataSource({ type: 'postgres', url }).initialize();
      return createBackend({ ...settings, databaseUrl: url }, parts);
    });
  });
  afterAll(async () => {
    await apps.destroy();
    await owner.query(`DROP OWNED BY ${role}`);
    await owner.query(`DROP ROLE ${role}`);
    await owner.destroy();
    await app.stop();
  });

  it('does all of its work: decisions with their entries, and the notices behind them', async () => {
    const { username } = await createUser(app.dataSource, { roles: ['back-office'] });
    const { json } = await app.api.form('/token', { grant_type: 'password', username, password: PASSWORD });
    const token = json.access_token as string;
    const type = { type: 'email' };
    expect((await app.api.post('/multi-factor-auth-type-activate', type, { token })).status).toBe(204);
    const code = mailedCode(app.mailbox, username);
    const wrong = await app.api.post('/multi-factor-auth-type-verify', type, { token, code: wrongCode(code) });
    expect(wrong.json.errors[0].code).toBe('5901');
    expect((await app.api.post('/multi-factor-auth-type-verify', type, { token, code })).status).toBe(204);
    await app.mailsSent();
    expect(app.mailbox.mails.filter(({ to }) => to.includes(username))).toHaveLength(2);
    const events = await owner.query<{ event: string }[]>(`SELECT event FROM mfa_audit_event ORDER BY sequence`);
    expect(events.map(({ event }) => event)).toEqual(['activation-begun', 'code-sent', 'refused', 'activated']);
    expect((await app.api.get('/health/ready')).status).toBe(200);
  });

  it.each([
    `UPDATE mfa_audit_event SET event = 'accepted'`,
    'DELETE FROM mfa_audit_event',
    'TRUNCATE mfa_audit_event',
    'ALTER TABLE mfa_audit_event DISABLE TRIGGER ALL',
    'DROP TRIGGER tr_mfa_audit_event_append_only ON mfa_audit_event',
    'DROP TABLE mfa_audit_event',
    `UPDATE mfa_audit_chain SET hash = ''`,
    'DELETE FROM mfa_audit_chain',
    `INSERT INTO mfa_audit_chain VALUES ('user', '0', 0, '')`,
    `INSERT INTO mfa_audit_anchor SELECT account_kind, account_id, sequence, hash FROM mfa_audit_event`,
    'UPDATE mfa_audit_anchor SET sequence = 1',
    'DELETE FROM mfa_audit_anchor',
    'DROP TRIGGER tr_mfa_audit_anchor_forward ON mfa_audit_anchor',
    `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id)
       VALUES ('operator', 'audit-archive', 'archived', now(), 'operator', 'nobody')`,
    `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id)
       VALUES ('user', '1', 'archived', now(), 'user', '1')`,
    `CREATE OR REPLACE FUNCTION mfa_audit_guard_removal() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
    `CREATE OR REPLACE FUNCTION mfa_audit_chain_entry() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    `SET session_replication_role = replica`,
    'DELETE FROM migrations',
  ])('cannot "%s"', async (statement) => {
    await expect(apps.query(statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('gets no more rights by a table of its own in the place of the chain', async () => {
    const runner = apps.createQueryRunner();
    await runner.startTransaction();
    await runner.query(`CREATE TEMP TABLE mfa_audit_chain (LIKE public.mfa_audit_chain)`);
    await runner.query(`CREATE FUNCTION pg_temp.rise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      EXECUTE 'GRANT ALL ON public.mfa_audit_event, public.mfa_audit_chain TO ${role}'; RETURN NEW; END $$`);
    await runner.query(
      `CREATE TRIGGER rise BEFORE INSERT OR UPDATE ON pg_temp.mfa_audit_chain FOR EACH ROW EXECUTE FUNCTION pg_temp.rise()`,
    );
    await runner.query(
      `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id)
       VALUES ('user', 'nobody', 'accepted', now(), 'user', 'nobody')`,
    );
    expect(await runner.query(`SELECT count(*)::int AS count FROM pg_temp.mfa_audit_chain`)).toEqual([{ count: 0 }]);
    await expect(runner.query(`UPDATE public.mfa_audit_chain SET hash = ''`)).rejects.toThrow('permission denied');
    await runner.rollbackTransaction();
    await runner.release();
  });

  it.each(['mfa_audit_chain_entry', 'mfa_audit_add_notice'])(
    'cannot have %s run on a table of its own, whose types would run with the rights of the owner',
    async (name) => {
      const runner = apps.createQueryRunner();
      await runner.startTransaction();
      await runner.query(`CREATE TEMP TABLE mine (LIKE public.mfa_audit_event)`);
      const trigger = `CREATE TRIGGER mine BEFORE INSERT ON mine FOR EACH ROW EXECUTE FUNCTION public.${name}()`;
      await expect(runner.query(trigger)).rejects.toThrow('permission denied for function');
      await runner.rollbackTransaction();
      await runner.release();
    },
  );

  it('gets its rights again with each migration, and nothing twice', async () => {
    await grantRights(owner, role, MFA_TABLE_RIGHTS);
    expect(await apps.query(`SELECT count(*)::int AS count FROM mfa_audit_event`)).toEqual([{ count: 4 }]);
  });

  it('must be another login than the owner, and one without its rights', async () => {
    const [{ me }] = await owner.query<[{ me: string }]>(`SELECT current_user AS me`);
    await expect(grantRights(owner, me, MFA_TABLE_RIGHTS)).rejects.toThrow('nothing is kept from it');
    for (const grant of [
      `GRANT CREATE ON SCHEMA public TO ${role}`,
      `DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO ${role}', current_database()); END $$`,
      `CREATE ROLE ${role}_group; GRANT ${role}_group TO ${role}; ALTER TABLE mfa_code OWNER TO ${role}_group`,
      `ALTER TABLE mfa_code OWNER TO ${role}`,
      `ALTER FUNCTION mfa_audit_chain_entry() OWNER TO ${role}`,
      `ALTER TABLE graphile_worker.migrations OWNER TO ${role}`,
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO ${role}', current_database()); END $$`,
    ]) {
      const runner = owner.createQueryRunner();
      await runner.startTransaction();
      await runner.query(grant);
      await expect(checkAppsRole(runner.manager, role)).rejects.toThrow('owns the database, or something in it');
      await runner.rollbackTransaction();
      await runner.release();
    }
    for (const right of ['SUPERUSER', 'CREATEROLE', 'BYPASSRLS']) {
      for (const grant of [
        `ALTER ROLE ${role} ${right}`,
        `CREATE ROLE ${role}_group ${right}; GRANT ${role}_group TO ${role}`,
      ]) {
        const runner = owner.createQueryRunner();
        await runner.startTransaction();
        await runner.query(grant);
        await expect(checkAppsRole(runner.manager, role)).rejects.toThrow('nothing is kept from it');
        await runner.rollbackTransaction();
        await runner.release();
      }
    }
    await checkAppsRole(owner, role);
    await expect(grantRights(owner, 'nobody', MFA_TABLE_RIGHTS)).rejects.toThrow('does not exist in the database');
  });
});
