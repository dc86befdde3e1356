import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One index instead of three to find customers by parts of their texts. It has all customers, even anonymised ones,
 * because PostgreSQL takes no statistics from a partial index.
 *
 * With 1,000,000 customers this takes about 15 s, during which no customer can be changed. An existing index is kept:
 * an operator can create it before, while the apps run (docs/operations.md).
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
    // PostgreSQL chooses the search plan by how often the texts occur
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
