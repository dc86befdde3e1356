import type { Logger } from '@nestjs/common';
import type { Task } from 'graphile-worker';
import type { JobHandler } from './job-handler.js';

type RunnableJob = Parameters<Task>[1]['job'];

/** Replies with which a mail server refuses this program (no encryption, no or wrong credentials), not the mail. */
const REFUSED_CLIENT: ReadonlySet<unknown> = new Set([530, 534, 535, 538]);

/** The parts of an error that may be logged. */
interface Failure {
  readonly error: unknown;
  readonly code: unknown;
  readonly responseCode: unknown;
}

interface AttemptOptions {
  readonly logger: Logger;
  /** Called for every job that needs no further attempt. */
  readonly finished: (id: string) => void;
}

/**
 * Wraps a handler for the library. Errors are reduced to what may be logged.
 *
 * The library writes a thrown error to the table and the log, and replies of mail servers may contain addresses. A job
 * that failed for good counts as done: its row has personal data and would stay forever.
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

/** The row's number; the time of its creation, because another database may use the same number; and its revision. */
function referenceOf({ id, created_at: createdAt, revision }: RunnableJob): string {
  return ['job', id, createdAt.getTime().toString(36), revision].join('-');
}

/** A permanent negative reply to the mail (RFC 5321, section 4.2.1). Another attempt would get the same. */
function isRefusal({ responseCode }: Failure): boolean {
  return typeof responseCode === 'number' && responseCode >= 500 && !REFUSED_CLIENT.has(responseCode);
}
