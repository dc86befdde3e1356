import { setTimeout } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { TaskList, WorkerPool } from 'graphile-worker';
import type { Pool } from 'pg';
import { databaseFailure } from '../database/database-errors.js';
import { Told } from '../logging/told.js';
import { AbandonedJobs } from './abandoned-jobs.js';
import { attemptsAt } from './job-attempt.js';
import { jobConnections } from './job-connections.js';
import type { JobHandler } from './job-handler.js';
import { JobUpkeep } from './job-upkeep.js';
import { JOB_CONNECTIONS, startWorkers } from './job-workers.js';
import { isSchemaTooNew } from './jobs-schema.js';

const RESTART_MS = 2_000;
/** More jobs than can be in progress when the workers notice that they cannot record results. */
const REMEMBERED_JOBS = 100;
/** An id that no workers have. */
const NOBODY = '';
const UPKEEP_MS = 60_000;
const SHUTDOWN_MS = 10_000;

/**
 * Runs the jobs of this application's handlers, from its start to its stop.
 *
 * An unavailable database stops neither the application nor the jobs: the workers are started again until it is back.
 */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(JobRunner.name);
  private readonly tasks: TaskList = {};
  private readonly stopping = new AbortController();
  private readonly told = new Told();
  private readonly connections: Pool;
  private readonly abandoned: AbandonedJobs;
  private readonly upkeep: JobUpkeep;
  private upkeepTimer: NodeJS.Timeout | undefined;
  private workers: WorkerPool | undefined;
  /** The id of ended workers that may still hold jobs in the table. */
  private unsettled: string | undefined;
  private finished: readonly string[] = [];
  private underWay: Promise<void> = Promise.resolve();

  constructor(
    databaseUrl: string,
    private readonly shutdownMs = SHUTDOWN_MS,
  ) {
    this.connections = jobConnections(databaseUrl, JOB_CONNECTIONS);
    this.abandoned = new AbandonedJobs(this.connections);
    this.upkeep = new JobUpkeep(this.abandoned, this.logger, (error) => this.logOnce(error));
  }

  /**
   * Call it in `onModuleInit`: the workers start after all modules are initialised.
   *
   * @throws Error if the task already has a handler
   */
  register<Payload>(handler: JobHandler<Payload>): void {
    if (this.tasks[handler.task]) throw new Error(`The task ${handler.task} has two handlers.`);
    const finished = (id: string): void => {
      this.finished = [id, ...this.finished].slice(0, REMEMBERED_JOBS);
    };
    this.tasks[handler.task] = attemptsAt(handler, { logger: this.logger, finished });
  }

  onApplicationBootstrap(): void {
    if (Object.keys(this.tasks).length === 0) return;
    this.underWay = this.work();
    this.upkeepTimer = setInterval(() => void this.upkeep.run(), UPKEEP_MS).unref();
  }

  /** Gives running jobs time to end. The connections to the mail server are closed later. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    clearInterval(this.upkeepTimer);
    await Promise.race([this.stop(), setTimeout(this.shutdownMs, undefined, { ref: false })]);
  }

  private async stop(): Promise<void> {
    // the loop reports errors
    await Promise.resolve(this.workers?.gracefulShutdown()).catch(() => undefined);
    await this.underWay;
    await this.connections.end();
  }

  private async work(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        if (await isSchemaTooNew(this.connections)) return this.leaveToNewer();
        await this.settle();
        if (!signal.aborted) await this.workUntilStopped();
      } catch (error) {
        this.logOnce(error);
      }
      await setTimeout(RESTART_MS, undefined, { signal }).catch(() => undefined);
    }
    await this.settle().catch((error: unknown) => this.logOnce(error));
  }

  /**
   * Records finished jobs that could not be recorded while the database was unavailable, so that they do not run again.
   * Always runs one statement: if it fails, no worker is started in vain.
   */
  private async settle(): Promise<void> {
    await this.abandoned.settle(this.unsettled ?? NOBODY, this.finished);
    this.unsettled = undefined;
  }

  private async workUntilStopped(): Promise<void> {
    this.workers = startWorkers(this.tasks, this.connections, this.logger, {
      failed: (error) => this.logOnce(error),
      works: () => this.tellOfWork(),
    });
    this.unsettled = this.workers.id;
    await this.workers.promise;
  }

  /** Logs a reason once until it changes. Database failures are logged in one line without a stack. */
  private logOnce(error: unknown): void {
    const failure = databaseFailure(error);
    const { message } = error as { readonly message?: unknown };
    if (!this.told.isNew(failure ? `${failure.reason} ${failure.code}` : String(message))) return;
    if (failure) this.logger.warn({ event: 'jobs.waiting', reason: failure.reason, code: failure.code });
    else this.logger.error({ event: 'jobs.interrupted', err: error });
  }

  private tellOfWork(): void {
    if (this.told.isNew(undefined)) this.logger.log({ event: 'jobs.resumed' });
  }

  private leaveToNewer(): void {
    clearInterval(this.upkeepTimer);
    this.logger.error({ event: 'jobs.schema_too_new' });
  }
}
