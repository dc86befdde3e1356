import type { Logger } from '@nestjs/common';
import type { Task } from 'graphile-worker';
import type { JobHandler } from './job-handler.js';

type RunnableJob = Parameters<Task>[1]['job'];

/** More than the time limits of all that a job waits for, and less than the time after which its lock is void. */
const ATTEMPT_MS = 60_000;

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
 * A handler as the library runs it: with a time limit, and telling of a failure what may be told.
 *
 * What it throws goes into the table and the log; mail servers repeat addresses in their answers. A job that failed for
 * good is done: its row tells of a person, and would stay for ever.
 */
export function attemptsAt<Payload>(handler: JobHandler<Payload>, { logger, finished }: AttemptOptions): Task {
  return async (payload, { job }) => {
    const attempt = (signal: AbortSignal): Promise<void> =>
      handler.run(payload as Payload, { id: job.id, reference: referenceOf(job), signal });
    const failure = await failureOf(attempt);
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

async function failureOf(attempt: (signal: AbortSignal) => Promise<void>): Promise<Failure | undefined> {
  try {
    await inTime(attempt);
    return undefined;
  } catch (error) {
    const { name, code, responseCode } = error as { name?: unknown; code?: unknown; responseCode?: unknown };
    return { error: name, code, responseCode };
  }
}

async function inTime(run: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const signal = AbortSignal.timeout(ATTEMPT_MS);
  const over = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
  await Promise.race([run(signal), over]);
}

/** The number of a row, the moment of its creation, since another database may have the number too, and its revision. */
function referenceOf({ id, created_at: createdAt, revision }: RunnableJob): string {
  return ['job', id, createdAt.getTime().toString(36), revision].join('-');
}

/** A permanent answer to the mail (RFC 5321, section 4.2.1): the next attempt would get it too. */
function isRefusal({ responseCode }: Failure): boolean {
  return typeof responseCode === 'number' && responseCode >= 500 && !REFUSED_CLIENT.has(responseCode);
}
