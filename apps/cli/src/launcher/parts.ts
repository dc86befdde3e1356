import { ProgramError } from '#platform';
import { progress } from '../terminal.js';

export interface Part {
  stop(): Promise<void>;
}

/** What was started, to be stopped in reverse order. */
export class Parts {
  private readonly parts: Promise<Part>[] = [];
  private isStopping = false;

  /** Starts a part; rejects when all is being stopped, so that nothing is started after it. */
  async start<P extends Part>(start: () => Promise<P>): Promise<P> {
    this.continueOrThrow();
    const part = start();
    this.parts.push(part);
    const started = await part;
    this.continueOrThrow();
    return started;
  }

  /** Stops all; a part that is still starting is waited for. */
  async stop(): Promise<void> {
    this.isStopping = true;
    for (const part of this.parts.toReversed()) {
      const started = await part.catch(() => undefined);
      await started?.stop().catch((error: unknown) => progress(`Could not stop all: ${String(error)}`));
    }
  }

  private continueOrThrow(): void {
    if (this.isStopping) throw new ProgramError('Everything is being stopped.');
  }
}
