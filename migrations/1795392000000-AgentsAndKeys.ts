import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Agents' sessions for customers, tokens of a chosen company user, and mailed keys. */
export class AgentsAndKeys1795392000000 implements MigrationInterface {
  readonly name = 'AgentsAndKeys1795392000000';
  readonly loses = 'the sessions of agents, mailed keys, and which company user a token is for';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE login_session ADD COLUMN agent_id bigint, ADD COLUMN agent_session_id uuid,
        ADD CONSTRAINT ck_login_session_agent CHECK (agent_id IS NULL OR account_kind = 'customer'),
        ADD CONSTRAINT ck_login_session_agent_session CHECK ((agent_id IS NULL) = (agent_session_id IS NULL)),
        ADD CONSTRAINT fk_login_session_agent_session FOREIGN KEY (agent_session_id)
          REFERENCES login_session (id) ON DELETE CASCADE`);
    await runner.query(`
      CREATE INDEX ix_login_session_agent_session ON login_session (agent_session_id) WHERE agent_session_id IS NOT NULL`);
    await runner.query(`CREATE INDEX ix_login_session_agent ON login_session (agent_id) WHERE agent_id IS NOT NULL`);
    await runner.query(`ALTER TABLE refresh_token ADD COLUMN company_user_uuid uuid`);
    await runner.query(`
      CREATE TABLE account_key (
        account_kind text NOT NULL,
        account_id bigint NOT NULL,
        purpose text NOT NULL,
        key_hash bytea,
        expires_at timestamptz NOT NULL,
        sends_until timestamptz NOT NULL,
        CONSTRAINT pk_account_key PRIMARY KEY (account_kind, account_id, purpose),
        CONSTRAINT uq_account_key_hash UNIQUE (key_hash),
        CONSTRAINT ck_account_key_kind CHECK (account_kind IN ('customer', 'user')),
        CONSTRAINT ck_account_key_purpose CHECK (purpose IN ('confirmation', 'password-restore'))
      )`);
  }

  /** Deletes the agents' sessions: without the agent's columns they would be sessions of the customer. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM login_session WHERE agent_id IS NOT NULL`);
    await runner.query(`DROP TABLE account_key`);
    await runner.query(`ALTER TABLE refresh_token DROP COLUMN company_user_uuid`);
    await runner.query(`ALTER TABLE login_session DROP COLUMN agent_id, DROP COLUMN agent_session_id`);
  }
}
