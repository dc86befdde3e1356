import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions whose tokens stand for the warehouse that a user works in. */
export class WarehouseSessions1795478400002 implements MigrationInterface {
  readonly name = 'WarehouseSessions1795478400002';
  readonly loses = 'the sessions of warehouses';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE login_session ADD COLUMN warehouse_uuid uuid`);
    await runner.query(`
      ALTER TABLE login_session ADD CONSTRAINT ck_login_session_warehouse
        CHECK (warehouse_uuid IS NULL OR account_kind = 'user')`);
  }

  /** A session of a warehouse is deleted: without its column it would be the user's own. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM login_session WHERE warehouse_uuid IS NOT NULL`);
    await runner.query(`ALTER TABLE login_session DROP COLUMN warehouse_uuid`);
  }
}
