/** One attempt at a job. */
export interface Job {
  readonly id: string;
  /** Tells this job from all others, and is the same in every attempt: a mail that it names is known as a repetition. */
  readonly reference: string;
  /** Aborts when the time for an attempt is over. */
  readonly signal: AbortSignal;
}

/** Does the jobs of one task. Rejects: the job is tried again later. After a crash a job may come a second time. */
export interface JobHandler<Payload> {
  /** The name in the table; jobs that wait keep it over a new version of the program. */
  readonly task: string;
  run(payload: Payload, job: Job): Promise<void>;
}
