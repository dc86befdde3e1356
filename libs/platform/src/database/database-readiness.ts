import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { run } from '#sql';
import { Told } from '../logging/told.js';
import { databaseFailure, type DatabaseFailure } from './database-errors.js';
import { FIND_STATE } from './database.sql.js';
import { FAULT_REASONS } from './sql-states.js';

interface State {
  readonly done: number;
  readonly hasJobs: boolean;
  readonly isReadOnly: boolean;
}

/** Checks whether the database can do everything that this program needs. Logs each change of this state once. */
@Injectable()
export class DatabaseReadiness {
  private readonly logger = new Logger(DatabaseReadiness.name);
  private readonly told = new Told();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @returns the reason, or undefined if the database is ready */
  async reasonNotReady(): Promise<string | undefined> {
    try {
      const reason = await this.reasonOfState();
      this.logChange(reason === undefined ? undefined : { reason });
      return reason;
    } catch (error) {
      const failure = databaseFailure(error);
      this.logChange(failure ?? { reason: UNKNOWN, err: error });
      return failure?.reason ?? UNKNOWN;
    }
  }

  private async reasonOfState(): Promise<string | undefined> {
    const wanted = this.dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
    const [state] = (await run<State>(this.dataSource, FIND_STATE, { wanted })) as [State];
    if (state.isReadOnly) return FAULT_REASONS.readOnly;
    return state.hasJobs && state.done === wanted.length ? undefined : FAULT_REASONS.unmigrated;
  }

  private logChange(problem: (Partial<DatabaseFailure> & { readonly err?: unknown }) | undefined): void {
    if (!this.told.isNew(problem && [problem.reason, problem.code].join(' '))) return;
    if (problem) this.logger.error({ event: 'health.not_ready', ...problem });
    else this.logger.log({ event: 'health.ready' });
  }
}

const UNKNOWN = 'the database refused a statement; the log tells why';
