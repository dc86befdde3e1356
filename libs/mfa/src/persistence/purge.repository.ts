import { run } from '#sql';
import { PURGE_BATCHES, PURGED } from './purge.sql.js';
import { estimateRows } from './row-estimate.sql.js';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';

/** The last primary key of a batch, and the number of its deleted rows. */
interface PurgeCursor {
  readonly kind: string;
  readonly accountId: string;
  readonly key: string;
  readonly purged: number;
  readonly seen: number;
}

/** Keeps the tables small. Expired rows no longer influence decisions, so no revision is raised. */
@Injectable()
export class PurgeRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The number of rows, estimated by the database's statistics. */
  estimate(): Promise<number> {
    return estimateRows(
      this.dataSource,
      PURGED.map(({ table }) => table),
    );
  }

  /**
   * Deletes expired codes, ended grants and set-ups that were never verified, in batches.
   *
   * @param onBatch called after each batch with the numbers of rows seen and deleted so far
   * @returns the number of deleted rows
   */
  async purge(now: Date, batchSize: number, onBatch?: (seen: number, purged: number) => void): Promise<number> {
    let total = 0;
    let seen = 0;
    for (const { statement: batch, first } of PURGE_BATCHES) {
      let last: PurgeCursor | undefined = { kind: '', accountId: '', key: first, purged: 0, seen: 0 };
      while (last) {
        const values = { account_kind: last.kind, account_id: last.accountId, key: last.key, at: now, size: batchSize };
        [last] = (await run<PurgeCursor>(this.dataSource, batch, values)) as [PurgeCursor | undefined];
        total += last?.purged ?? 0;
        seen += last?.seen ?? 0;
        onBatch?.(seen, total);
      }
    }
    return total;
  }
}
