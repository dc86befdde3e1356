/** Runs the jobs of one task. */
export interface JobHandler<Payload> {
  /** The name in the table. Do not change it: jobs may wait while a new version of the program is installed. */
  readonly task: string;
  /**
   * Runs one attempt. If it rejects, the job is tried again later. After a crash a job may run a second time.
   * Everything that it waits for needs a time limit, one minute in total.
   *
   * @param reference identifies the job and is the same in every attempt. A mail sent with it is recognised as a
   * repetition.
   */
  run(payload: Payload, reference: string): Promise<void>;
}
