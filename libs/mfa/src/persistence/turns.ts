/**
 * Runs the work for one key one after another.
 *
 * It only saves wasted attempts. Nothing may depend on it, because it covers this process alone.
 */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const result = behind(this.last.get(key), work);
    const ended = result.then(nothing, nothing);
    this.last.set(key, ended);
    void this.forget(key, ended);
    return result;
  }

  private async forget(key: string, ended: Promise<void>): Promise<void> {
    await ended;
    if (this.last.get(key) === ended) this.last.delete(key);
  }
}

async function behind<T>(turn: Promise<void> | undefined, work: () => Promise<T>): Promise<T> {
  await turn;
  return work();
}

const nothing = (): void => undefined;
