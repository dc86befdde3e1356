import type { Client } from 'pg';
import { AccountsRepository } from './accounts.repository.js';
import { connect } from './database.repository.js';
import { RIGHT_CODE } from './guard-paths.js';
import { StatementRecorder } from './statement-recorder.js';

/** A database whose accounts are the numbers from 1 to `count`, and what the library asks it. */
export class SeededDatabase {
  count = 0;

  private constructor(
    readonly url: string,
    readonly recorder: StatementRecorder,
    readonly accounts: AccountsRepository,
    private readonly client: Client,
  ) {}

  static async open(url: string): Promise<SeededDatabase> {
    const client = await connect(url);
    return new SeededDatabase(url, await StatementRecorder.open(url), new AccountsRepository(client), client);
  }

  async close(): Promise<void> {
    await Promise.all([this.recorder.close(), this.client.end()]);
  }

  /** Adds accounts until there are that many, and has PostgreSQL look at the tables. */
  async growTo(count: number): Promise<void> {
    await this.accounts.seed(this.count + 1, count, (reached) => console.log(`${reached} accounts`));
    await this.accounts.analyze();
    this.count = count;
  }

  /** Gives each account the outstanding code `RIGHT_CODE`. */
  async giveCodes(ids: readonly string[]): Promise<void> {
    const macs: Buffer[] = [];
    for (const id of ids) macs.push(...(await this.recorder.macsOf(id, RIGHT_CODE)).slice(0, 1));
    await this.accounts.setCodes(ids, macs);
  }

  /** Different accounts, drawn at random. */
  sample(size: number): string[] {
    const drawn = new Set<number>();
    while (drawn.size < size) drawn.add(1 + Math.floor(Math.random() * this.count));
    return [...drawn].map(String);
  }
}
