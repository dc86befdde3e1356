import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ProgramError } from '#platform';

/** POST requests without a body, each for the next account. */
export interface Load {
  readonly port: number;
  readonly path: string;
  readonly accountHeader: string;
  /** The first account, and the one after the last. After the last account the load starts again, or ends if `once`. */
  readonly from: number;
  readonly to: number;
  readonly once: boolean;
  /** The submitted code, if any. */
  readonly code?: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadResult {
  readonly seconds: number;
  /** For each request, in the order of the responses. */
  readonly milliseconds: readonly number[];
  /** The distinct statuses of the responses. */
  readonly statuses: readonly number[];
  /** The first unused account. */
  readonly next: number;
}

/** The child process that sends the requests. */
export class LoadGenerator {
  private readonly child = fork(fileURLToPath(new URL('./load-process.js', import.meta.url)));

  run(load: Load): Promise<LoadResult> {
    return new Promise((resolve, reject) => {
      const failed = (): void => reject(new ProgramError('The process that makes load has ended.'));
      this.child.once('exit', failed);
      this.child.once('message', (result: LoadResult) => {
        this.child.off('exit', failed);
        resolve(result);
      });
      this.child.send(load);
    });
  }

  stop(): void {
    this.child.disconnect();
  }
}
