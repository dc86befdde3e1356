import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';

/** Tells whether the database has all migrations that this program was built with. */
@Injectable()
export class MigrationState {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Rejects when the database cannot be reached. */
  async isCurrent(): Promise<boolean> {
    const wanted = this.dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
    const [row] = await this.dataSource.query<[{ done: string }]>(
      `SELECT count(*) AS done FROM migrations WHERE name = ANY($1)`,
      [wanted],
    );
    return Number(row.done) === wanted.length;
  }
}
