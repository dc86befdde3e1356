import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers of questions over all accounts, which jobs count; and an index for those about the customers of a company. */
export class CountedFigures1796342400101 implements MigrationInterface {
  readonly name = 'CountedFigures1796342400101';
  readonly loses = 'nothing; figures over all accounts are counted again';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE counted_figure (
        name text NOT NULL,
        asked_at timestamptz NOT NULL,
        counted_at timestamptz,
        value jsonb,
        CONSTRAINT pk_counted_figure PRIMARY KEY (name)
      )`);
    // an operator can create it before, while the apps run
    await runner.query(`CREATE INDEX IF NOT EXISTS ix_company_user_company ON company_user (company_name)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ix_company_user_company`);
    await runner.query(`DROP TABLE counted_figure`);
  }
}
