import { EventEmitter } from 'node:events';
import type { Logger as NestLogger } from '@nestjs/common';
import { Logger, runTaskList, type TaskList, type WorkerEvents, type WorkerPool } from 'graphile-worker';
import type { Pool } from 'pg';

/** Fewer than the mail server's connections: two of those remain for codes, for which people are waiting. */
const CONCURRENCY = 3;

/** One for each worker, one that listens for new jobs, and one to record results. */
export const JOB_CONNECTIONS = CONCURRENCY + 2;

/** Callbacks about the workers. */
export interface WorkersWatch {
  readonly failed: (error: unknown) => void;
  /** Called when the database has answered a request for a job. */
  readonly works: () => void;
}

/**
 * Starts workers for the given tasks only. They end when the database cannot be asked for a job. The schema is not
 * changed; `migrateJobs` does that.
 *
 * The library's own log lines are debug output; events report what matters.
 */
export function startWorkers(
  tasks: TaskList,
  connections: Pool,
  logger: NestLogger,
  { failed, works }: WorkersWatch,
): WorkerPool {
  const events = new EventEmitter() as WorkerEvents;
  const options = {
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    events,
    logger: new Logger(() => (level, message) => logger.debug({ event: 'job.library', level, message })),
    // with batches, a database failure at the end of a job would be an unhandled rejection and end the program
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  };
  const pool = runTaskList(options, tasks, connections);
  events.on('pool:listen:error', ({ error }) => failed(error));
  events.on('worker:getJob:empty', works);
  events.on('job:start', works);
  // the library keeps its first failure to read the table forever; new workers do not have it
  events.once('worker:getJob:error', ({ error }) => {
    failed(error);
    void Promise.resolve(pool.gracefulShutdown()).catch(() => undefined);
  });
  return pool;
}
