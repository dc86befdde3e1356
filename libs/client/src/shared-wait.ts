interface Work<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/** Shares one running task between all who need its result. */
export class SharedWait<T> {
  private current: Work<T> | undefined;

  /**
   * Waits for the running task, or starts one.
   *
   * @param signal ends only this wait
   * @param start gets a signal that aborts when nobody is waiting any more
   */
  async join(signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const work = (this.current ??= this.begin(start));
    work.waiting += 1;
    try {
      return await orAborted(work.result, signal);
    } finally {
      work.waiting -= 1;
      // a finished task is no longer the current one
      if (work.waiting === 0 && this.current === work) {
        this.current = undefined;
        work.controller.abort();
      }
    }
  }

  /** Aborts the running task, and rejects all who wait for it. */
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

/** Resolves like the promise, or rejects with the signal's reason if the signal aborts first. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
