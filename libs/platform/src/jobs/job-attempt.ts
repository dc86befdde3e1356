import type { Logger } from '@nestjs/common';
import type { Task } from 'graphile-worker';
import type { JobHandler } from './job-handler.js';

type RunnableJob = Parameters<Task>[1]['job'];

/** Answers by which a mail server refuses this program (no encryption, no or wrong credentials), and not the mail. */
const REFUSED_CLIENT: ReadonlySet<unknown> = new Set([530, 534, 535, 538]);

/** What may be told of an error. */
interface Failure {
  readonly error: unknown;
  readonly code: unknown;
  readonly responseCode: unknown;
}

interface AttemptOptions {
  readonly logger: Logger;
  /** Hears of every job that needs no further attempt. */
  readonly finished: (id: string) => void;
}

/**
 * A handler as the library runs it, telling of a failure what may be told.
 *
 * What it throws goes into the table and the log; mail servers repeat addresses in their answers. A job that failed for
 * good is done: its row tells of a person, and would stay for ever.
 */
export function attemptsAt<Payload>(handler: JobHandler<Payload>, { logger, finished }: AttemptOptions): Task {
  return async (payload, { job }) => {
    const failure = await failureOf(() => handler.run(payload as Payload, referenceOf(job)));
    if (failure) {
      const line = { task: handler.task, job: job.id, attempt: job.attempts, ...failure };
      if (job.attempts < job.max_attempts && !isRefusal(failure)) {
        logger.warn({ event: 'job.postponed', ...line });
        throw new Error([failure.error, failure.code, failure.responseCode].filter(Boolean).join(' '));
      }
      logger.error({ event: 'job.failed', ...line });
    }
    finished(job.id);
  };
}

async function failureOf(attempt: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    const { name, code, responseCode } = error as { name?: unknown; code?: unknown; responseCode?: unknown };
    return { error: name, code, responseCode };
  }
}

/** The number of a row, the moment of its creation, since another database may have the number too, and its revision. */
function referenceOf({ id, created_at: createdAt, revision }: RunnableJob): string {
  return ['job', id, createdAt.getTime().toString(36), revision].join('-');
}

/** A permanent answer to the mail (RFC 5321, section 4.2.1): the next attempt would get it too. */
function isRefusal({ responseCode }: Failure): boolean {
  return typeof responseCode === 'number' && responseCode >= 500 && !REFUSED_CLIENT.has(responseCode);
}
