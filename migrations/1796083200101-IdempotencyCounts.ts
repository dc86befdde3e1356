import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The customer or client address that a request with an `Idempotency-Key` counts for, for one day. */
export class IdempotencyCounts1796083200101 implements MigrationInterface {
  readonly name = 'IdempotencyCounts1796083200101';
  readonly loses = 'whom remembered requests count for';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE idempotency_record ADD COLUMN counted_for bytea`);
    await runner.query(`
      CREATE INDEX ix_idempotency_record_counted ON idempotency_record (counted_for, expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE idempotency_record DROP COLUMN counted_for`);
  }
}
