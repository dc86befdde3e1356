import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions whose tokens represent the warehouse in which a user works. */
export class WarehouseSessions1795478400002 implements MigrationInterface {
  readonly name = 'WarehouseSessions1795478400002';
  readonly loses = 'the sessions of warehouses';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE login_session ADD COLUMN warehouse_uuid uuid`);
    await runner.query(`
      ALTER TABLE login_session ADD CONSTRAINT ck_login_session_warehouse
        CHECK (warehouse_uuid IS NULL OR account_kind = 'user')`);
  }

  /** Deletes the warehouses' sessions: without the warehouse's column they would be sessions of the user. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM login_session WHERE warehouse_uuid IS NOT NULL`);
    await runner.query(`ALTER TABLE login_session DROP COLUMN warehouse_uuid`);
  }
}
