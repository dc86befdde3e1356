import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The times of a customer's last address changes, because their number is limited. */
export class AddressChanges1795910400013 implements MigrationInterface {
  readonly name = 'AddressChanges1795910400013';
  readonly loses = 'when customers last changed their addresses';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE customer ADD COLUMN email_changed_at timestamptz[] NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE customer DROP COLUMN email_changed_at`);
  }
}
