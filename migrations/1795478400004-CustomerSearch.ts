import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An index to find customers by parts of their reference, e-mail address and name. */
export class CustomerSearch1795478400004 implements MigrationInterface {
  readonly name = 'CustomerSearch1795478400004';
  readonly loses = 'nothing; the search for customers is slow';

  async up(runner: QueryRunner): Promise<void> {
    // the index of a large table takes longer than the time limit of requests
    await runner.query(`SET LOCAL statement_timeout = 0`);
    // a trusted extension: the owner of the database may create it
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await runner.query(`
      CREATE INDEX ix_customer_search ON customer USING gin (
        lower(customer_reference) gin_trgm_ops,
        lower(email) gin_trgm_ops,
        lower(first_name || ' ' || last_name) gin_trgm_ops
      ) WHERE anonymized_at IS NULL`);
  }

  /** Keeps the extension: it may have existed before, and others may use it. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ix_customer_search`);
  }
}
