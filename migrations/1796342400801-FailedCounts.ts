import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pages say of figures that they could not be counted. */
export class FailedCounts1796342400801 implements MigrationInterface {
  readonly name = 'FailedCounts1796342400801';
  readonly loses = 'nothing; pages do not say that a count failed';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE counted_figure ADD COLUMN has_failed boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE counted_figure DROP COLUMN has_failed`);
  }
}
