import { EventEmitter } from 'node:events';
import type { Logger as NestLogger } from '@nestjs/common';
import { Logger, runTaskList, type TaskList, type WorkerEvents, type WorkerPool } from 'graphile-worker';
import type { Pool } from 'pg';

/** Fewer than the connections to the mail server: codes, which people wait for, have two of those to themselves. */
const CONCURRENCY = 3;

/** Workers, one that listens for new jobs, and one for what was done. */
export const JOB_CONNECTIONS = CONCURRENCY + 2;

/** What happens to workers, for those who watch them. */
export interface WorkersWatch {
  readonly failed: (error: unknown) => void;
  /** The database was asked for a job, and has answered. */
  readonly works: () => void;
}

/**
 * Starts to do jobs, of the given tasks and no others, until the database cannot be asked for one. The schema is not touched: `migrateJobs` makes it.
 *
 * The library's own lines are for debugging; what matters is told by events of ours.
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
    // without batches a database that is away at the end of a job is an unhandled rejection, and ends the program
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  };
  const pool = runTaskList(options, tasks, connections);
  events.on('pool:listen:error', ({ error }) => failed(error));
  events.on('worker:getJob:empty', works);
  events.on('job:start', works);
  // the library remembers a first failure to read its table for ever; workers started anew forget it
  events.once('worker:getJob:error', ({ error }) => {
    failed(error);
    void Promise.resolve(pool.gracefulShutdown()).catch(() => undefined);
  });
  return pool;
}
