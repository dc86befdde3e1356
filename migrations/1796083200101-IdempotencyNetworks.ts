import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests with an `Idempotency-Key` count for a day for the client address that they came from. */
export class IdempotencyNetworks1796083200101 implements MigrationInterface {
  readonly name = 'IdempotencyNetworks1796083200101';
  readonly loses = 'which remembered requests count for a client address';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE idempotency_record ADD COLUMN client_network text`);
    await runner.query(`
      CREATE INDEX ix_idempotency_record_network ON idempotency_record (client_network, expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE idempotency_record DROP COLUMN client_network`);
  }
}
