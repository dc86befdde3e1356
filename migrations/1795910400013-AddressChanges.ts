import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A customer's e-mail address can be changed only so often: the moments of the last changes are kept. */
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
