import type { Logger } from '@nestjs/common';
import type { AbandonedJobs } from './abandoned-jobs.js';

/** Frees jobs of instances that have died. */
export class JobUpkeep {
  private suspects: ReadonlySet<string> = new Set();

  constructor(
    private readonly jobs: AbandonedJobs,
    private readonly logger: Logger,
    /** Called with the error of a failed round. */
    private readonly failed: (error: unknown) => void,
  ) {}

  /**
   * Runs one round. An instance loses a job only if it is overdue in two rounds, and keeps its other jobs: after an
   * outage of the database, a living instance has the time between the rounds to report that the job is done.
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
