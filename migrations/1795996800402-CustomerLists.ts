import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Indexes to find customers by the beginning of a text, which search texts of one or two letters need, and to sort them
 * without reading the whole table.
 *
 * The indexes of searched texts have all customers, because PostgreSQL takes no statistics from a partial index.
 *
 * With 1,000,000 customers this takes about 20 s, during which no customer can be changed. An existing index is kept:
 * an operator can create the indexes before, while the apps run (docs/operations.md).
 */
const INDEXES: Readonly<Record<string, string>> = {
  ix_customer_reference_beginning: '(lower(customer_reference) text_pattern_ops)',
  ix_customer_email_beginning: '(lower(email) text_pattern_ops)',
  ix_customer_name_beginning: `(lower(first_name || ' ' || last_name) text_pattern_ops)`,
  ix_customer_last_name_beginning: '(lower(last_name) text_pattern_ops)',
  ix_customer_first_name: '(first_name, id) WHERE anonymized_at IS NULL',
  ix_customer_last_name: '(last_name, id) WHERE anonymized_at IS NULL',
  ix_customer_created_at: '(created_at, id) WHERE anonymized_at IS NULL',
  ix_customer_updated_at: '(updated_at, id) WHERE anonymized_at IS NULL',
};

export class CustomerLists1795996800402 implements MigrationInterface {
  readonly name = 'CustomerLists1795996800402';
  readonly loses = 'nothing; lists of customers are slow';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, definition] of Object.entries(INDEXES)) {
      await runner.query(`CREATE INDEX IF NOT EXISTS ${name} ON customer ${definition}`);
    }
    // PostgreSQL chooses the search plan by how often the texts occur
    await runner.query(`ANALYZE customer`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDEXES)) await runner.query(`DROP INDEX ${name}`);
  }
}
