import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';

/** Tells whether the database has all migrations that this program was built with, and a place for jobs. */
@Injectable()
export class MigrationState {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Rejects when the database cannot be reached. */
  async isCurrent(): Promise<boolean> {
    const wanted = this.dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
    const [row] = await this.dataSource.query<[{ done: string; hasJobs: boolean }]>(
      `SELECT count(*) AS done, to_regclass('graphile_worker.jobs') IS NOT NULL AS "hasJobs"
       FROM migrations WHERE name = ANY($1)`,
      [wanted],
    );
    return row.hasJobs && Number(row.done) === wanted.length;
  }
}
