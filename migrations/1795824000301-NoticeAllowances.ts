import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many notices of one kind an address was sent recently. */
export class NoticeAllowances1795824000301 implements MigrationInterface {
  readonly name = 'NoticeAllowances1795824000301';
  readonly loses = 'how many notices were sent lately';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notice_allowance (
        subject bytea NOT NULL,
        sends_until timestamptz NOT NULL,
        CONSTRAINT pk_notice_allowance PRIMARY KEY (subject)
      )`);
    await runner.query(`CREATE INDEX ix_notice_allowance_end ON notice_allowance (sends_until)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE notice_allowance`);
  }
}
