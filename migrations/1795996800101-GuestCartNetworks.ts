import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The client address that opened a guest's cart, stored for one day to limit the number of carts. */
export class GuestCartNetworks1795996800101 implements MigrationInterface {
  readonly name = 'GuestCartNetworks1795996800101';
  readonly loses = 'which carts of guests count for a client address';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE cart ADD COLUMN client_network text`);
    await runner.query(`
      ALTER TABLE cart ADD CONSTRAINT ck_cart_client_network CHECK (client_network IS NULL OR guest_hash IS NOT NULL)`);
    await runner.query(`
      CREATE INDEX ix_cart_client_network ON cart (client_network, created_at) WHERE client_network IS NOT NULL`);
    await runner.query(`
      CREATE INDEX ix_cart_client_network_age ON cart (created_at) WHERE client_network IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE cart DROP COLUMN client_network`);
  }
}
