import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of libs/mfa. All rows of one account have its key (account_kind, account_id). */
export class Mfa1795305600002 implements MigrationInterface {
  readonly name = 'Mfa1795305600002';
  readonly loses = 'all second factors: every account is without one';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE mfa_account (
        account_kind text NOT NULL,
        account_id text NOT NULL,
        miss_count bigint NOT NULL DEFAULT 0,
        failure_count integer NOT NULL DEFAULT 0,
        activation_count integer NOT NULL DEFAULT 0,
        locked_until timestamptz,
        sends_until timestamptz,
        CONSTRAINT pk_mfa_account PRIMARY KEY (account_kind, account_id)
      )`);
    await runner.query(`
      CREATE TABLE mfa_factor (
        account_kind text NOT NULL,
        account_id text NOT NULL,
        method text NOT NULL,
        status smallint NOT NULL,
        activated_at timestamptz,
        CONSTRAINT pk_mfa_factor PRIMARY KEY (account_kind, account_id, method),
        CONSTRAINT fk_mfa_factor_account FOREIGN KEY (account_kind, account_id)
          REFERENCES mfa_account (account_kind, account_id) ON DELETE CASCADE,
        CONSTRAINT ck_mfa_factor_status CHECK (status IN (1, 2))
      )`);
    await runner.query(`
      CREATE TABLE mfa_code (
        account_kind text NOT NULL,
        account_id text NOT NULL,
        id uuid NOT NULL,
        method text NOT NULL,
        session_id text NOT NULL,
        purpose text NOT NULL,
        mac bytea NOT NULL,
        key_id text NOT NULL,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        misses_at_issue bigint NOT NULL,
        activations_at_issue integer NOT NULL,
        grant_until timestamptz,
        CONSTRAINT pk_mfa_code PRIMARY KEY (account_kind, account_id, id),
        CONSTRAINT fk_mfa_code_factor FOREIGN KEY (account_kind, account_id, method)
          REFERENCES mfa_factor (account_kind, account_id, method) ON DELETE CASCADE,
        CONSTRAINT ck_mfa_code_purpose CHECK (purpose IN ('activation', 'step-up'))
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX uq_mfa_code_outstanding ON mfa_code (account_kind, account_id, method) WHERE grant_until IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE mfa_code`);
    await runner.query(`DROP TABLE mfa_factor`);
    await runner.query(`DROP TABLE mfa_account`);
  }
}
