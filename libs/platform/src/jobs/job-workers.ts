import { EventEmitter } from 'node:events';
import type { Logger as NestLogger } from '@nestjs/common';
import { Logger, runTaskList, type TaskList, type WorkerEvents, type WorkerPool } from 'graphile-worker';
import type { Pool } from 'pg';

/** Fewer than the connections to the mail server: codes, which people wait for, have two of those to themselves. */
const CONCURRENCY = 3;

/** What the library sets when another program changes its schema. */
const OUTDATED_EXIT_CODE = 57;

/** Workers, one that listens for new jobs, and one for what was done. */
export const JOB_CONNECTIONS = CONCURRENCY + 2;

export interface Workers {
  readonly pool: WorkerPool;
  /** Whether they ever got to see the table. */
  hasStarted(): boolean;
}

/**
 * Starts to do jobs, of the given tasks and no others. The schema is not touched: `migrateJobs` makes it.
 *
 * The library's own lines are for debugging; what matters is told by events of ours.
 */
export function startWorkers(tasks: TaskList, connections: Pool, logger: NestLogger): Workers {
  const events = new EventEmitter() as WorkerEvents;
  const options = {
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    events,
    logger: new Logger(() => (level, message) => logger.debug({ event: 'job.library', level, message })),
    // without batches a database that is away at the end of a job is an unhandled rejection, and ends the program
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  };
  const pool = runTaskList(options, tasks, connections);
  events.on('pool:listen:error', ({ error }) => {
    logger.warn({ event: 'jobs.database_away', code: (error as { code?: unknown }).code });
  });
  return { pool, hasStarted: stopUnlessStarted(events, pool) };
}

/** The library remembers a first failure to read its table for ever; workers started anew forget it. */
function stopUnlessStarted(events: WorkerEvents, pool: WorkerPool): () => boolean {
  let hasStarted = false;
  let isStopping = false;
  const started = (): void => {
    hasStarted = true;
  };
  events.once('worker:getJob:empty', started);
  events.once('job:start', started);
  events.once('pool:gracefulShutdown', () => {
    isStopping = true;
    // the library's own, for a program that does nothing but jobs
    if (process.exitCode === OUTDATED_EXIT_CODE) process.exitCode = undefined;
  });
  events.on('worker:getJob:error', () => {
    setImmediate(() => {
      if (!hasStarted && !isStopping) void Promise.resolve(pool.gracefulShutdown()).catch(() => undefined);
    });
  });
  return () => hasStarted;
}
