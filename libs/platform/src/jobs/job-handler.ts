/** Does the jobs of one task. */
export interface JobHandler<Payload> {
  /** The name in the table; jobs that wait keep it over a new version of the program. */
  readonly task: string;
  /**
   * One attempt. Rejects: the job is tried again later. After a crash a job may come a second time. All that it waits for
   * has a limit, a minute in all.
   *
   * @param reference tells this job from all others, and is the same in every attempt: a mail that it names is known as a
   *   repetition
   */
  run(payload: Payload, reference: string): Promise<void>;
}
