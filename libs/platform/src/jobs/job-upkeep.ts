import type { Logger } from '@nestjs/common';
import type { AbandonedJobs } from './abandoned-jobs.js';

/** Brings jobs of dead instances back. */
export class JobUpkeep {
  private suspects: ReadonlySet<string> = new Set();

  constructor(
    private readonly jobs: AbandonedJobs,
    private readonly logger: Logger,
    /** Hears why a round could not be made. */
    private readonly failed: (error: unknown) => void,
  ) {}

  /**
   * One round. An instance loses a job that is overdue in two rounds, and keeps its others: after an outage of the
   * database a living one has the time between them to say that the job is done.
   */
  async run(): Promise<void> {
    try {
      const overdue = await this.jobs.findOverdue();
      const jobs = await this.jobs.free(overdue.filter((hold) => this.suspects.has(hold)));
      this.suspects = new Set(overdue);
      if (jobs > 0) this.logger.warn({ event: 'jobs.taken_over', jobs });
      for (const { id, task } of await this.jobs.removeExhausted()) {
        this.logger.error({ event: 'job.failed', task, job: id, error: 'WorkerDied' });
      }
    } catch (error) {
      this.failed(error);
    }
  }
}
