import type { Client } from 'pg';
import { AccountsRepository, METHOD_NAMES } from './accounts.sql.js';
import { connect } from './database.sql.js';
import { RIGHT_CODE } from './codes.js';
import { macOf } from './application.js';

/** A database with the accounts 1 to `count`. */
export class SeededDatabase {
  count = 0;

  private constructor(
    readonly url: string,
    readonly accounts: AccountsRepository,
    private readonly client: Client,
  ) {}

  static async open(url: string): Promise<SeededDatabase> {
    const client = await connect(url);
    return new SeededDatabase(url, new AccountsRepository(client), client);
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  /** Adds accounts up to this number, and updates PostgreSQL's statistics. */
  async growTo(count: number, isKept = false): Promise<void> {
    await this.accounts.seed({ from: this.count + 1, to: count, isKept }, (reached) =>
      console.log(`${reached} accounts`),
    );
    await this.accounts.analyze();
    this.count = count;
  }

  /** Gives each account the outstanding code `RIGHT_CODE`, and removes its lock. */
  async giveCodes(ids: readonly string[]): Promise<void> {
    const macs = ids.map((id) => macOf(id, METHOD_NAMES[0], RIGHT_CODE));
    await this.accounts.setCodes(ids, macs);
    await this.accounts.unlock(ids);
  }

  /** Draws different accounts at random. */
  sample(size: number): string[] {
    const drawn = new Set<number>();
    while (drawn.size < size) drawn.add(1 + Math.floor(Math.random() * this.count));
    return [...drawn].map(String);
  }
}
