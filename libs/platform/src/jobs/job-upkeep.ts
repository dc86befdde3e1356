import type { Logger } from '@nestjs/common';
import type { AbandonedJobsRepository } from './abandoned-jobs.repository.js';

/** Brings jobs of dead workers back. */
export class JobUpkeep {
  private suspects: ReadonlySet<string> = new Set();

  constructor(
    private readonly jobs: AbandonedJobsRepository,
    private readonly logger: Logger,
  ) {}

  /**
   * One round. A job is taken from its worker when it is overdue in two rounds: after an outage of the database a
   * living worker has the time between them to say that it is done.
   */
  async run(): Promise<void> {
    try {
      const overdue = await this.jobs.findOverdue();
      const dead = overdue.filter(({ id }) => this.suspects.has(id)).map(({ worker }) => worker);
      this.suspects = new Set(overdue.map(({ id }) => id));
      if (dead.length > 0) {
        await this.jobs.takeFrom(dead);
        this.logger.warn({ event: 'jobs.taken_over', jobs: dead.length });
      }
      for (const { id, task } of await this.jobs.removeExhausted()) {
        this.logger.error({ event: 'job.failed', task, job: id, error: 'WorkerDied' });
      }
    } catch (error) {
      this.logger.debug({ event: 'jobs.upkeep_failed', err: error });
    }
  }
}
