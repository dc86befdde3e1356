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
/** More than can be under way when the workers notice that they cannot record what they did. */
const REMEMBERED_JOBS = 100;
/** No workers have this id. */
const NOBODY = '';
const UPKEEP_MS = 60_000;
const SHUTDOWN_MS = 10_000;

/**
 * Does the jobs of the tasks that this application has handlers for, from its start to its stop.
 *
 * A database that is away stops no application and no job: the workers start again until it is back.
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
  /** Workers that may have left jobs that are still theirs in the table. */
  private unsettled: string | undefined;
  private finished: readonly string[] = [];
  private underWay: Promise<void> = Promise.resolve();

  constructor(
    databaseUrl: string,
    private readonly shutdownMs = SHUTDOWN_MS,
  ) {
    this.connections = jobConnections(databaseUrl, JOB_CONNECTIONS);
    this.abandoned = new AbandonedJobs(this.connections);
    this.upkeep = new JobUpkeep(this.abandoned, this.logger, (error) => this.tell(error));
  }

  /**
   * For `onModuleInit`: jobs are looked for when all modules are there.
   *
   * @throws Error when the task has a handler
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

  /** Jobs under way get the time to end; connections to the mail server are closed after this. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    clearInterval(this.upkeepTimer);
    await Promise.race([this.stop(), setTimeout(this.shutdownMs, undefined, { ref: false })]);
  }

  private async stop(): Promise<void> {
    // what goes wrong is told by the loop
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
        this.tell(error);
      }
      await setTimeout(RESTART_MS, undefined, { signal }).catch(() => undefined);
    }
    await this.settle().catch((error: unknown) => this.tell(error));
  }

  /**
   * What was done and could not be recorded, because the database was away, is not done again. Asked always: where this
   * statement cannot be done, no worker is started in vain.
   */
  private async settle(): Promise<void> {
    await this.abandoned.settle(this.unsettled ?? NOBODY, this.finished);
    this.unsettled = undefined;
  }

  private async workUntilStopped(): Promise<void> {
    this.workers = startWorkers(this.tasks, this.connections, this.logger, {
      failed: (error) => this.tell(error),
      works: () => this.tellOfWork(),
    });
    this.unsettled = this.workers.id;
    await this.workers.promise;
  }

  /** What keeps jobs from being done is told once, until it changes; a state of the database in a line without a stack. */
  private tell(error: unknown): void {
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
