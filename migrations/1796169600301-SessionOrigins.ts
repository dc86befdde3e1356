import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a session was opened, for the list that its account sees. Sessions of before have neither. */
export class SessionOrigins1796169600301 implements MigrationInterface {
  readonly name = 'SessionOrigins1796169600301';
  readonly loses = 'from where people signed in, in the lists of their sessions';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE login_session
        ADD client_address text,
        ADD user_agent text,
        ADD CONSTRAINT ck_login_session_user_agent CHECK (char_length(user_agent) <= 256)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE login_session DROP client_address, DROP user_agent`);
  }
}
