import { ProgramError } from '#platform';
import { progress } from '../progress.js';

export interface Part {
  stop(): Promise<void>;
}

/** What was started, to be stopped in reverse order. */
export class Parts {
  private readonly parts: Promise<Part>[] = [];
  private isStopping = false;

  /** Starts a part, unless all is being stopped already. */
  start<P extends Part>(start: () => Promise<P>): Promise<P> {
    if (this.isStopping) return Promise.reject(new ProgramError('Interrupted.'));
    const part = start();
    this.parts.push(part);
    return part;
  }

  /** Stops all; a part that is still starting is waited for. */
  async stop(): Promise<void> {
    this.isStopping = true;
    for (const part of this.parts.toReversed()) {
      const started = await part.catch(() => undefined);
      await started?.stop().catch((error: unknown) => progress(`Could not stop all: ${String(error)}`));
    }
  }
}
