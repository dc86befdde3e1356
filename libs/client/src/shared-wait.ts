interface Work<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/** One piece of work at a time, which all who need it wait for together. */
export class SharedWait<T> {
  private current: Work<T> | undefined;

  /**
   * Waits for the work under way, or starts it.
   *
   * @param signal ends this wait alone
   * @param start gets a signal that aborts when the last one has given up
   */
  async join(signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const work = (this.current ??= this.begin(start));
    work.waiting += 1;
    try {
      return await orAborted(work.result, signal);
    } finally {
      work.waiting -= 1;
      // work that is over is not the current one any more
      if (work.waiting === 0 && this.current === work) {
        this.current = undefined;
        work.controller.abort();
      }
    }
  }

  /** Ends the work under way, and rejects all who wait for it. */
  cancel(reason: Error): void {
    this.current?.controller.abort(reason);
  }

  private begin(start: (signal: AbortSignal) => Promise<T>): Work<T> {
    const controller = new AbortController();
    const result = orAborted(start(controller.signal), controller.signal).finally(() => {
      if (this.current === work) this.current = undefined;
    });
    const work: Work<T> = { controller, result, waiting: 0 };
    return work;
  }
}

/** The promise, or a rejection with the signal's reason where that comes first. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
