import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Customers are found by parts of their texts through one index in place of three. It has all customers, gone ones too:
 * PostgreSQL takes no statistics from an index that has some.
 *
 * With 1,000,000 customers this takes about 15 s, in which no customer can be changed. An index that is there already is
 * kept: an operator can make it before, while the apps run (docs/operations.md).
 */
export class CustomerTexts1796083200102 implements MigrationInterface {
  readonly name = 'CustomerTexts1796083200102';
  readonly loses = 'nothing; the search for customers is slower';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL statement_timeout = 0`);
    await runner.query(String.raw`
      CREATE INDEX IF NOT EXISTS ix_customer_text ON customer USING gin (
        lower(customer_reference || E'\n' || email || E'\n' || first_name || ' ' || last_name) gin_trgm_ops)`);
    await runner.query(`DROP INDEX ix_customer_search`);
    // how often the searched texts occur decides how they are looked for
    await runner.query(`ANALYZE customer`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL statement_timeout = 0`);
    await runner.query(`
      CREATE INDEX ix_customer_search ON customer USING gin (
        lower(customer_reference) gin_trgm_ops,
        lower(email) gin_trgm_ops,
        lower(first_name || ' ' || last_name) gin_trgm_ops
      ) WHERE anonymized_at IS NULL`);
    await runner.query(`DROP INDEX ix_customer_text`);
  }
}
