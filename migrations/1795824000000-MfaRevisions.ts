import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The state of an account gets a revision: grants move to their own table, methods can store credentials, and the end
 * of an account is stored.
 */
export class MfaRevisions1795824000000 implements MigrationInterface {
  readonly name = 'MfaRevisions1795824000000';
  readonly loses =
    'authenticator apps and recovery codes: who has no other method is without MFA, and the audit trail and a notice say so; and which accounts ended';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE mfa_account
        ADD COLUMN revision bigint NOT NULL DEFAULT 0,
        ADD COLUMN ended_at timestamptz`);
    await this.moveGrants(runner);
    await this.keepOutstandingCodes(runner);
    await runner.query(`ALTER TABLE mfa_account DROP COLUMN activation_count`);
    await runner.query(`
      CREATE TABLE mfa_credential (
        account_kind text NOT NULL,
        account_id text NOT NULL,
        id uuid NOT NULL,
        method text NOT NULL,
        key_id text NOT NULL,
        sealed bytea NOT NULL,
        public_data jsonb,
        counter bigint NOT NULL,
        name text,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz,
        pending_until timestamptz,
        CONSTRAINT pk_mfa_credential PRIMARY KEY (account_kind, account_id, id),
        CONSTRAINT fk_mfa_credential_factor FOREIGN KEY (account_kind, account_id, method)
          REFERENCES mfa_factor (account_kind, account_id, method) ON DELETE CASCADE
      )`);
    await runner.query(`
      CREATE TABLE mfa_recovery_code (
        account_kind text NOT NULL,
        account_id text NOT NULL,
        digest bytea NOT NULL,
        CONSTRAINT pk_mfa_recovery_code PRIMARY KEY (account_kind, account_id, digest),
        CONSTRAINT fk_mfa_recovery_code_account FOREIGN KEY (account_kind, account_id)
          REFERENCES mfa_account (account_kind, account_id) ON DELETE CASCADE
      )`);
  }

  /** Before, a used code itself was the grant of its session. */
  private async moveGrants(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE mfa_grant (
        account_kind text NOT NULL,
        account_id text NOT NULL,
        session_id text NOT NULL,
        method text NOT NULL,
        mac bytea NOT NULL,
        key_id text NOT NULL,
        granted_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_mfa_grant PRIMARY KEY (account_kind, account_id, session_id),
        CONSTRAINT fk_mfa_grant_account FOREIGN KEY (account_kind, account_id)
          REFERENCES mfa_account (account_kind, account_id) ON DELETE CASCADE
      )`);
    // the time of opening is unknown; it was not before the code's issue
    await runner.query(`
      INSERT INTO mfa_grant (account_kind, account_id, session_id, method, mac, key_id, granted_at, expires_at)
      SELECT DISTINCT ON (account_kind, account_id, session_id)
        account_kind, account_id, session_id, method, mac, key_id, issued_at, grant_until
      FROM mfa_code JOIN mfa_factor USING (account_kind, account_id, method)
      WHERE grant_until IS NOT NULL AND status = 2
      ORDER BY account_kind, account_id, session_id, grant_until DESC`);
    await runner.query(`DELETE FROM mfa_code WHERE grant_until IS NOT NULL`);
  }

  /**
   * Before, an activation code was void if a method had become active since its issue. Now the code is deleted at that
   * moment.
   */
  private async keepOutstandingCodes(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM mfa_code c USING mfa_account a
      WHERE a.account_kind = c.account_kind AND a.account_id = c.account_id
        AND c.purpose = 'activation' AND c.activations_at_issue <> a.activation_count`);
    await runner.query(`DROP INDEX uq_mfa_code_outstanding`);
    await runner.query(`
      ALTER TABLE mfa_code
        DROP CONSTRAINT pk_mfa_code,
        DROP COLUMN id,
        DROP COLUMN grant_until,
        DROP COLUMN activations_at_issue,
        ADD CONSTRAINT pk_mfa_code PRIMARY KEY (account_kind, account_id, method)`);
  }

  /** Deletes what the previous version cannot store, and notifies people of removed methods. */
  async down(runner: QueryRunner): Promise<void> {
    await this.removeNewMethods(runner);
    await runner.query(`DROP TABLE mfa_recovery_code`);
    await runner.query(`DROP TABLE mfa_credential`);
    await runner.query(`DELETE FROM mfa_account WHERE ended_at IS NOT NULL`);
    await runner.query(`
      ALTER TABLE mfa_account
        ADD COLUMN activation_count integer NOT NULL DEFAULT 0,
        DROP COLUMN revision,
        DROP COLUMN ended_at`);
    await runner.query(`
      ALTER TABLE mfa_code
        DROP CONSTRAINT pk_mfa_code,
        ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(),
        ADD COLUMN activations_at_issue integer NOT NULL DEFAULT 0,
        ADD COLUMN grant_until timestamptz,
        ADD CONSTRAINT pk_mfa_code PRIMARY KEY (account_kind, account_id, id)`);
    await runner.query(`
      ALTER TABLE mfa_code ALTER COLUMN id DROP DEFAULT, ALTER COLUMN activations_at_issue DROP DEFAULT`);
    await runner.query(`
      CREATE UNIQUE INDEX uq_mfa_code_outstanding ON mfa_code (account_kind, account_id, method)
        WHERE grant_until IS NULL`);
    await runner.query(`
      INSERT INTO mfa_code (account_kind, account_id, id, method, session_id, purpose, mac, key_id, issued_at,
        expires_at, misses_at_issue, activations_at_issue, grant_until)
      SELECT g.account_kind, g.account_id, gen_random_uuid(), g.method, g.session_id, 'step-up', g.mac, g.key_id,
        g.granted_at, g.expires_at, a.miss_count, 0, g.expires_at
      FROM mfa_grant g JOIN mfa_account a USING (account_kind, account_id)
      JOIN mfa_factor f USING (account_kind, account_id, method) WHERE f.status = 2`);
    await runner.query(`DROP TABLE mfa_grant`);
  }

  private async removeNewMethods(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, method, actor_kind, actor_id, reason)
      SELECT account_kind, account_id, 'removed', now(), method, 'operator', 'migration', 'return to a former version'
      FROM mfa_factor WHERE method IN ('totp', 'recovery-code') ORDER BY account_kind, account_id, method`);
    await runner.query(`DELETE FROM mfa_grant WHERE method IN ('totp', 'recovery-code')`);
    await runner.query(`DELETE FROM mfa_factor WHERE method IN ('totp', 'recovery-code')`);
  }
}
