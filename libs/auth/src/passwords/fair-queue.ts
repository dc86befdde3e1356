export interface FairQueueLimits {
  readonly atOnce: number;
  readonly mostWaiting: number;
  readonly mostWaitingOfOne: number;
}

interface Waiting {
  readonly start: () => Promise<void>;
  readonly refuse: () => void;
}

/**
 * Runs the work of clients, who take turns: a client waits for at most one task of each other client.
 *
 * When the queue is full, a client with few waiting tasks still gets in: the newest task of the client with the most
 * waiting tasks is refused instead.
 */
export class FairQueue {
  /** The waiting tasks by client, in the order of the clients' turns. No list is empty. */
  private readonly lines = new Map<string, Waiting[]>();
  private waiting = 0;
  private running = 0;

  /** @param overload creates the error for refused work */
  constructor(
    private readonly limits: FairQueueLimits,
    private readonly overload: () => Error,
  ) {}

  /** Rejects if too much work is waiting, of this client or in total. */
  run<Result>(client: string, work: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const refuse = (): void => reject(this.overload());
      const { length } = this.lines.get(client) ?? [];
      if (length >= this.limits.mostWaitingOfOne || !this.hasRoom(length)) return refuse();
      this.push(client, { start: () => work().then(resolve, reject), refuse });
      this.startNext();
    });
  }

  private hasRoom(length: number): boolean {
    if (this.waiting < this.limits.mostWaiting) return true;
    const longest = [...this.lines.values()].reduce((a, b) => (b.length > a.length ? b : a));
    if (longest.length <= length + 1) return false;
    longest.pop()?.refuse();
    this.waiting -= 1;
    return true;
  }

  private push(client: string, entry: Waiting): void {
    const line = this.lines.get(client);
    if (line) line.push(entry);
    else this.lines.set(client, [entry]);
    this.waiting += 1;
  }

  private startNext(): void {
    const [turn] = this.lines;
    if (!turn || this.running >= this.limits.atOnce) return;
    const [client, line] = turn;
    this.lines.delete(client);
    const entry = line.shift();
    // a client with more work goes to the end
    if (line.length > 0) this.lines.set(client, line);
    this.waiting -= 1;
    this.running += 1;
    void entry?.start().finally(() => {
      this.running -= 1;
      this.startNext();
    });
  }
}
