import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions of pages: what the cookie of a browser holds of a login session. */
export class PageSessions1796169600101 implements MigrationInterface {
  readonly name = 'PageSessions1796169600101';
  readonly loses = 'who is signed in on pages';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE page_session (
        token_hash bytea NOT NULL,
        session_id uuid NOT NULL,
        awaits_second_step boolean NOT NULL,
        last_used_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_page_session PRIMARY KEY (token_hash),
        CONSTRAINT uq_page_session_session UNIQUE (session_id),
        CONSTRAINT fk_page_session_session FOREIGN KEY (session_id) REFERENCES login_session (id) ON DELETE CASCADE
      )`);
  }

  /** Nothing else holds their login sessions. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM login_session WHERE id IN (SELECT session_id FROM page_session)`);
    await runner.query(`DROP TABLE page_session`);
  }
}
